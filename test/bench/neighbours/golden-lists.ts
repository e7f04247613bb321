import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Rules, strongest } from './rules.ts';

/** session-rec keeps this many rules an item. */
const KEPT = 20;

/** A list that session-rec made: the scores of items after that many clicks of a session. */
export interface GoldenList {
  readonly session: string;
  readonly position: string;
  /** Above 0, by item id; the best has 1. */
  readonly scores: ReadonlyMap<string, number>;
}

export function readGoldenLists(file: string): readonly GoldenList[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/).slice(1);
  return lines.map((line) => {
    const [session = '', position = '', items = '', scores = ''] = line.split(';');
    const values = scores.split(',').map(Number);
    const pairs = items.split(',').map((item, i) => [item, values[i] ?? 0] as const);
    return { session, position, scores: new Map(pairs.filter(([, score]) => score > 0)) };
  });
}

/** Finds the items whose rules give exactly this list: the same items with the same scores. The files do not say which item
 * had been clicked.
 * @param ids of the items in the rules
 * @param cutTies where more rules than are kept share the lowest score, any of them may be there: which one is not a matter
 * of the score */
export function createMatcher(
  rules: Rules,
  ids: readonly string[],
  cutTies: boolean,
): (list: GoldenList) => ReadonlySet<number> {
  const made = new Map<string, Set<number>>();
  for (const [item, others] of rules) {
    const kept = strongest(others).slice(0, KEPT);
    const best = kept[0]?.[1] ?? 1;
    const signature = sign(
      kept.map(([other, score]) => [ids[other] as string, score / best]),
      cutTies,
    );
    made.set(signature, (made.get(signature) ?? new Set()).add(item));
  }
  return ({ scores }) => made.get(sign([...scores], cutTies)) ?? new Set();
}

function sign(scores: readonly (readonly [string, number])[], cutTies: boolean): string {
  const lowest = scores.reduce((least, [, score]) => Math.min(least, score), 1);
  const isCut = (score: number) => cutTies && scores.length === KEPT && score < lowest + 1e-9;
  return scores
    .map(([id, score]) => `${isCut(score) ? '' : id} ${score.toFixed(9)}`)
    .sort()
    .join();
}
