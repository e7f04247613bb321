import type { SlateItem } from './slate.ts';
import type { SlateRequest } from './slate-request.ts';

/** The vocabulary of slots: kinds, rules, policies. The eager one has what nearly every slot is made of;
 * `@inkling/core/full` has all, and gives the same slates where both know the words. */
export interface SlateKinds {
  /** Chooses and orders the items of a slot. Empty where no item may be shown or the rules cannot be kept.
   * @throws InklingError E_PACK_FORMAT naming what is not known */
  readonly build: (request: SlateRequest) => readonly SlateItem[];
}
