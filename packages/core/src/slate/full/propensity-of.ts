import type { SlateRequest } from '../slate-request.ts';
import { buildSlate } from './full-slate-kinds.ts';

/** The probability that a request gives exactly this slate: the product of the conditional probabilities along it; 0
 * for a slate that the rules forbid or the policy never draws. Off-policy estimators divide by it (Swaminathan et al.,
 * NeurIPS 2017).
 * @param ids the whole slate, fills included, in order
 * @throws InklingError E_PACK_FORMAT for a name that is not known */
export function propensityOf(request: SlateRequest, ids: readonly string[]): number {
  let product = 1;
  const meet = (propensity: number) => {
    product *= propensity;
  };
  const slate = buildSlate({ ...request, diagnostics: [], follow: { ids, meet } });
  const same = slate.length === ids.length && slate.every(({ id }, position) => id === ids[position]);
  return same ? product : 0;
}
