import type { SlateItem } from '../slate.ts';
import { buildList } from './build-list.ts';
import type { FullRequest } from './full-request.ts';
import { partOf } from './part-of.ts';

/** For each parent, in authored order, one of its variants; an item without a parent is its own only variant. The rules
 * hold among the variants of each. */
export function buildVariants(request: FullRequest): readonly SlateItem[] {
  const parents = new Set(request.items.map(({ id, parent = id }) => parent));
  return [...parents]
    .flatMap((parent) => {
      const id = `${request.slot.id} ${parent}`;
      return buildList(partOf(request, (item) => (item.parent ?? item.id) === parent, { id, k: 1 }));
    })
    .map((item, position) => ({ ...item, position }));
}
