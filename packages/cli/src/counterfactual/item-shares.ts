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

/** Every impression of the log as a round of its own, in which the target policy fills the same position. The reward
 * model knows the item and the position. */
export function roundsOfShares(impressions: readonly Impression[], target: ItemShares): readonly Round[] {
  const shown = countsOf(impressions.map(({ item }) => item));
  const items = new Map([...shown.keys()].slice(0, MODELLED_ITEMS).map((item, column) => [item, column]));
  const positions = new Map(
    [...countsOf(impressions.map(({ position }) => position)).keys()].map((p, i) => [p, i]),
  );
  const cells = new Map<string, Float64Array>();
  const featuresOf = (item: string, position: number): Float64Array => {
    const cell = `${position} ${item}`;
    const features = cells.get(cell) ?? new Float64Array(items.size + 1 + positions.size);
    if (!cells.has(cell)) {
      features[items.get(item) ?? items.size] = 1;
      features[items.size + 1 + (positions.get(position) as number)] = 1;
      cells.set(cell, features);
    }
    return features;
  };
  for (const { item, position } of impressions) featuresOf(item, position);
  const logged = new Set(cells.keys());
  const places = new Map(
    [...positions.keys()].map((position) => {
      const expected = new Float64Array(items.size + 1 + positions.size);
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
  return impressions.map(({ visitor, item, position, reward, propensity }) => {
    const { expected, unsupported } = places.get(position) as { expected: Float64Array; unsupported: number };
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
  });
}

/** The most frequent first. */
function countsOf<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}
