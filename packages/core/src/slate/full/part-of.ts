import type { Item } from '../../item.ts';
import type { Draw } from '../slate-request.ts';
import type { SlotSpec } from '../slot.ts';
import type { FullRequest } from './full-request.ts';

/** The same request for some of its items only, as a slot of its own with its own stream.
 * @param change to the slot */
export function partOf(
  request: FullRequest,
  isPart: (item: Item) => boolean,
  change: Partial<SlotSpec> & Pick<SlotSpec, 'id'>,
): FullRequest {
  const { slot, items, scores, sampleScores, follow } = request;
  const rows = items.flatMap((item, index) => (isPart(item) ? [index] : []));
  const part = rows.map((row) => items[row] as Item);
  const pick = (values: ArrayLike<number>) => rows.map((row) => values[row] as number);
  const ids = new Set(part.map(({ id }) => id));
  return {
    ...request,
    slot: { ...slot, ...change },
    items: part,
    scores: pick(scores),
    authored: [],
    ...(sampleScores && { sampleScores: (...draw: Draw) => pick(sampleScores(...draw)) }),
    ...(follow && { follow: { ...follow, ids: follow.ids.filter((id) => ids.has(id)) } }),
  };
}
