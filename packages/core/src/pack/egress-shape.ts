import type { Purpose } from '../purpose.ts';

/** Something that leaves the browser: whatever a page sends of a visitor has one of the pack's shapes, or is a breach. */
export interface EgressShape {
  /** Name, e.g. `totals`. */
  readonly id: string;
  /** Where it goes: a path of the site's own, or an https address. Without query. */
  readonly url: string;
  /** @default 'POST' */
  readonly method?: 'GET' | 'POST';
  /** What must be granted. `necessary` is for what a controller owes by law, such as a proof of consent. */
  readonly purpose: Purpose;
  /** Every name that body and query may hold. */
  readonly fields: readonly string[];
  /** What a visitor reads about it. */
  readonly sentence: string;
  /** Who gets it. @default the site itself */
  readonly recipient?: string;
  /** For how many days it is kept there. @default not said */
  readonly days?: number;
}
