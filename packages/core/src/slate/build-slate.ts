import type { Item } from '../item.ts';
import type { Prng } from '../prng.ts';
import { choose } from './policy.ts';
import type { SlateItem } from './slate.ts';
import type { RuleSpec, SlotSpec } from './slot.ts';

export interface SlateRequest {
  readonly slot: SlotSpec;
  /** In authored order. */
  readonly items: readonly Item[];
  /** One for each item. */
  readonly scores: ArrayLike<number>;
  /** Items that may not be chosen here: dismissed by the visitor, or already shown on the page. */
  readonly excluded: ReadonlySet<string>;
  readonly random: Prng;
}

/** One loop over positions: the pinned item if there is one, else a draw from the policy over what is feasible, scores
 * adjusted for the items already placed. */
export function buildSlate({ slot, items, scores, excluded, random }: SlateRequest): readonly SlateItem[] {
  const pins = new Map(
    slot.rules.filter((rule) => rule.type === 'pin').map((pin) => [pin.position, pin.item]),
  );
  const pinned = new Set(pins.values());
  const allowed = (item: Item) => !excluded.has(item.id) && isAllowed(item, slot.rules);
  const open = new Set(items.flatMap((item, index) => (allowed(item) ? [index] : [])));
  const relevance = rescale(items, scores, open);
  const closeness = new Float64Array(items.length);
  const lambda = slot.diversity?.lambda ?? 1;
  const slate: SlateItem[] = [];
  const limit = Math.min(slot.k ?? (slot.kind === 'variant' ? 1 : items.length), open.size);

  while (slate.length < limit) {
    const position = slate.length;
    const pin = items.findIndex((item, index) => open.has(index) && item.id === pins.get(position));
    let index = pin;
    let propensity = 1;
    let via: SlateItem['via'] = 'pin';
    if (pin < 0) {
      const free = [...open].filter((candidate) => !pinned.has((items[candidate] as Item).id));
      const feasible = free.length > 0 ? free : [...open];
      const adjusted = (i: number) =>
        lambda * (relevance[i] as number) - (1 - lambda) * (closeness[i] as number);
      feasible.sort((a, b) => adjusted(b) - adjusted(a) || byId(items[a] as Item, items[b] as Item));
      const choice = choose(slot.policy, feasible, random);
      ({ index, propensity } = choice);
      via = choice.explored ? 'explore' : 'rank';
    }
    const item = items[index] as Item;
    slate.push({ id: item.id, position, score: scores[index] as number, propensity, via });
    open.delete(index);
    for (const other of open) {
      closeness[other] = Math.max(closeness[other] as number, similarity(item, items[other] as Item));
    }
  }
  return slate;
}

function isAllowed(item: Item, rules: readonly RuleSpec[]): boolean {
  return (
    item.available !== false &&
    rules.every((rule) => {
      if (rule.type === 'only') return item.group === rule.group;
      return rule.type !== 'exclude' || !item.tags?.includes(rule.tag);
    })
  );
}

/** Scores of the open items on 0..1, so that one lambda means the same for every model. */
function rescale(items: readonly Item[], scores: ArrayLike<number>, open: ReadonlySet<number>): Float64Array {
  let low = Infinity;
  let high = -Infinity;
  for (const index of open) {
    low = Math.min(low, scores[index] as number);
    high = Math.max(high, scores[index] as number);
  }
  return Float64Array.from(items, (_, index) => ((scores[index] as number) - low) / (high - low || 1));
}

/** Jaccard similarity of the tags. */
function similarity(a: Item, b: Item): number {
  const tags = a.tags ?? [];
  const shared = tags.filter((tag) => b.tags?.includes(tag)).length;
  return shared / (tags.length + (b.tags?.length ?? 0) - shared || 1);
}

function byId(a: Item, b: Item): number {
  return a.id < b.id ? -1 : 1;
}
