import type { Impression } from './impression.ts';
import type { Round } from './round.ts';

/** A policy that knows no context: how often it shows each item at each position. Position to item to share. */
export type ItemShares = ReadonlyMap<number, ReadonlyMap<string, number>>;

export interface ItemSharesCount {
  add(shown: Pick<Impression, 'item' | 'position'>): void;
  finish(): ItemShares;
}

/** The shares in which a log shows its items at each position: the policy of that log, as far as it ignores context. */
export function itemShares(impressions: readonly Pick<Impression, 'item' | 'position'>[]): ItemShares {
  const counts = countItemShares();
  for (const shown of impressions) counts.add(shown);
  return counts.finish();
}

/** The same, impression by impression. */
export function countItemShares(): ItemSharesCount {
  const counts = new Map<number, { shown: number; readonly items: Map<string, number> }>();
  return {
    add({ item, position }) {
      const at = counts.get(position) ?? { shown: 0, items: new Map<string, number>() };
      counts.set(position, at);
      at.shown++;
      at.items.set(item, (at.items.get(item) ?? 0) + 1);
    },
    finish: () =>
      new Map(
        [...counts].map(([position, { shown, items }]) => [
          position,
          new Map([...items].map(([item, count]) => [item, count / shown])),
        ]),
      ),
  };
}

/** Items beyond share one column of the reward model: those that are shown least. */
const MODELLED_ITEMS = 200;

/** What the impressions of a log are counted for before each becomes a round. */
export interface ShownCount {
  add(shown: Pick<Impression, 'item' | 'position'>): void;
  /** Turns an impression into a round of its own, in which the target policy fills the same position. The reward model
   * knows the item and the position; impressions that are alike share what it reads. */
  finish(target: ItemShares): (impression: Impression) => Round;
}

/** Every impression of a log as a round. */
export function roundsOfShares(impressions: readonly Impression[], target: ItemShares): readonly Round[] {
  const shown = countShown();
  for (const impression of impressions) shown.add(impression);
  return impressions.map(shown.finish(target));
}

/** Memory holds a number for each item at each position. */
export function countShown(): ShownCount {
  const itemCounts = new Map<string, number>();
  const positionCounts = new Map<number, number>();
  const logged = new Set<string>();
  return {
    add({ item, position }) {
      itemCounts.set(item, (itemCounts.get(item) ?? 0) + 1);
      positionCounts.set(position, (positionCounts.get(position) ?? 0) + 1);
      logged.add(`${position} ${item}`);
    },
    finish(target) {
      const items = columnsOf(byCount(itemCounts).slice(0, MODELLED_ITEMS));
      const positions = columnsOf(byCount(positionCounts));
      const width = items.size + 1 + positions.size;
      const cells = new Map<string, Float64Array>();
      const featuresOf = (item: string, position: number): Float64Array => {
        const cell = `${position} ${item}`;
        const features = cells.get(cell) ?? new Float64Array(width);
        if (!cells.has(cell)) {
          features[items.get(item) ?? items.size] = 1;
          features[items.size + 1 + (positions.get(position) as number)] = 1;
          cells.set(cell, features);
        }
        return features;
      };
      const places = new Map(
        [...positions.keys()].map((position) => {
          const expected = new Float64Array(width);
          let unsupported = target.has(position) ? 0 : 1;
          for (const [item, share] of target.get(position) ?? []) {
            if (!logged.has(`${position} ${item}`)) unsupported += share;
            featuresOf(item, position).forEach((value, j) => {
              expected[j] = (expected[j] as number) + share * value;
            });
          }
          return [position, { expected, unsupported }] as const;
        }),
      );
      return ({ visitor, item, position, reward, propensity }) => {
        const { expected, unsupported } = places.get(position) as {
          expected: Float64Array;
          unsupported: number;
        };
        const share = target.get(position)?.get(item) ?? 0;
        const certain = propensity === 1;
        return {
          visitor,
          reward,
          logged: propensity,
          target: share,
          features: featuresOf(item, position),
          expected,
          unsupported: certain ? 0 : unsupported,
          unexplored: certain ? 1 - share : 0,
        };
      };
    },
  };
}

/** The most frequent first. */
function byCount<T>(counts: ReadonlyMap<T, number>): readonly T[] {
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
}

function columnsOf<T>(values: readonly T[]): ReadonlyMap<T, number> {
  return new Map(values.map((value, column) => [value, column]));
}
