import type { RankNext } from '@inkling/core/candidates';

/** From the item just looked at to the scores of others. */
export type Rules = ReadonlyMap<number, ReadonlyMap<number, number>>;

const STEPS = 20;

/** Association rules of length two, as session-rec counts them: every two events of a session, in both directions. */
export function associationRules(sessions: readonly (readonly number[])[]): Rules {
  return collect((add) => {
    for (const items of sessions) {
      items.forEach((item, at) => {
        for (const earlier of items.slice(0, at)) {
          add(item, earlier, 1);
          add(earlier, item, 1);
        }
      });
    }
  });
}

/** Sequential rules, as session-rec counts them: from each event to those up to twenty steps later,
 * 1 / steps² (its `quadratic` weighting, which the published lists were made with). */
export function sequentialRules(sessions: readonly (readonly number[])[]): Rules {
  return collect((add) => {
    for (const items of sessions) {
      items.forEach((item, at) => {
        for (let steps = 1; steps <= Math.min(STEPS, at); steps++) {
          add(items[at - steps] as number, item, 1 / (steps * steps));
        }
      });
    }
  });
}

/** Co-occurrence in a session over the root of the items' sessions, each plus 20 (Hidasi's item-kNN). */
export function itemKnn(sessions: readonly (readonly number[])[]): Rules {
  const support = new Map<number, number>();
  const rules = collect((add) => {
    for (const items of sessions.map((all) => [...new Set(all)])) {
      for (const item of items) {
        support.set(item, (support.get(item) ?? 0) + 1);
        for (const other of items) if (other !== item) add(item, other, 1);
      }
    }
  });
  const root = (item: number) => Math.sqrt((support.get(item) ?? 0) + 20);
  return new Map(
    [...rules].map(([item, others]) => [
      item,
      new Map([...others].map(([other, count]) => [other, count / root(item) / root(other)])),
    ]),
  );
}

/** The strongest rules of the item just looked at. */
export function rankByRules(rules: Rules): RankNext {
  const ranked = new Map<number, readonly number[]>();
  return (recents, count) => {
    const item = recents[0]?.item ?? -1;
    const known = ranked.get(item) ?? strongest(rules.get(item) ?? new Map()).map(([other]) => other);
    ranked.set(item, known);
    return known.slice(0, count);
  };
}

/** Best first; of equal ones the one that was counted first. */
export function strongest(rules: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...rules].sort(([, a], [, b]) => b - a);
}

function collect(
  visit: (add: (from: number, to: number, weight: number) => void) => void,
): Map<number, Map<number, number>> {
  const rules = new Map<number, Map<number, number>>();
  visit((from, to, weight) => {
    const scores = rules.get(from) ?? new Map<number, number>();
    rules.set(from, scores);
    scores.set(to, (scores.get(to) ?? 0) + weight);
  });
  return rules;
}
