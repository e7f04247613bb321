import type { SlateItem } from '../slate.ts';
import type { Draw } from '../slate-request.ts';
import type { SlotSpec } from '../slot.ts';
import { buildList } from './build-list.ts';
import type { FullRequest } from './full-request.ts';
import { partOf } from './part-of.ts';
import { planSlate } from './plan-slate.ts';

/** Ranks the groups of the items, then the items within each: one decision. A shelf is worth the mean score of the best
 * items that it could show. The rules of the slot hold within each shelf, those of `shelves` among the shelves. The
 * propensity of a shelf is that of its first item too, so that the product is that of the whole. */
export function buildShelves(request: FullRequest): readonly SlateItem[] {
  const { slot, items, scores, sampleScores, staying = [], follow } = request;
  const groups = [...new Set(items.flatMap(({ group }) => group ?? []))];
  const parts = new Map<string, FullRequest>();
  const best = new Map<string, readonly number[]>();
  for (const group of groups) {
    const part = partOf(request, (item) => item.group === group, { id: `${slot.id} ${group}`, kind: 'list' });
    const rows = bestRows(request, { ...part, diagnostics: [] });
    if (rows.length === 0) continue;
    parts.set(group, part);
    best.set(group, rows);
  }
  const worth = (all: ArrayLike<number>) =>
    Array.from(
      best.values(),
      (rows) => rows.reduce((sum, row) => sum + (all[row] as number), 0) / rows.length,
    );

  const { k, policy = slot.policy, rules = [] } = slot.shelves ?? {};
  const { diversity: _, objectives: __, k: ___, ...rest } = slot;
  const outer: SlotSpec = { ...rest, kind: 'order', policy, rules, ...(k !== undefined && { k }) };
  const groupOf = new Map(items.map(({ id, group }) => [id, group]));
  const groupsOf = (ids: readonly string[]) => [...new Set(ids.flatMap((id) => groupOf.get(id) ?? []))];
  const shelves = buildList({
    ...request,
    slot: outer,
    items: [...best.keys()].map((id) => ({ id })),
    scores: worth(scores),
    authored: [],
    excluded: new Set(),
    staying: groupsOf(staying),
    ...(sampleScores && {
      sampleScores: (...draw: Draw) => worth(sampleScores(...draw)),
    }),
    ...(follow && { follow: { ...follow, ids: groupsOf(follow.ids) } }),
  });
  const slate = shelves.flatMap(({ id: shelf, propensity }) =>
    buildList(parts.get(shelf) as FullRequest).map((item, place) => ({
      ...item,
      shelf,
      propensity: place === 0 ? item.propensity * propensity : item.propensity,
    })),
  );
  return slate.map((item, position) => ({ ...item, position }));
}

/** Which rows of the request hold the best items that a shelf could show; none if its rules cannot be kept, or leave
 * none to show: two orders of shelves that differ by an empty one would be one slate. */
function bestRows({ items }: FullRequest, part: FullRequest): readonly number[] {
  const plan = planSlate(part);
  if (!plan) return [];
  const { stage, keeper } = plan;
  const shown = [...keeper.narrow(stage.open, []), ...stage.pins.values()];
  shown.sort((a, b) => (part.scores[b] as number) - (part.scores[a] as number) || a - b);
  const ids = new Set(shown.slice(0, stage.places).map((index) => part.items[index]?.id));
  return items.flatMap(({ id }, row) => (ids.has(id) ? [row] : []));
}
