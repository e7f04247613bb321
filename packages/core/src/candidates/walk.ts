import type { NeighbourTable } from './neighbour-table.ts';

/** How far back a walk begins: older items would add work and little else. */
const STARTS = 10;
/** Probability of a second step. */
const ON = 0.5;

/** Scores of items by place in the catalog; 0 for all but the touched. Made once, so that a decision leaves nothing to
 * collect. */
export interface Scores {
  readonly of: Float64Array;
  /** Each once, the first `count` of them. */
  readonly touched: Uint32Array;
  count: number;
  readonly isTouched: Uint8Array;
}

export function emptyScores(items: number): Scores {
  return {
    of: new Float64Array(items),
    touched: new Uint32Array(items),
    count: 0,
    isTouched: new Uint8Array(items),
  };
}

/** Adds to the score of an item. */
export function add(scores: Scores, item: number, value: number): void {
  const { of, touched, isTouched } = scores;
  if (isTouched[item] === 0) touched[scores.count++] = item;
  isTouched[item] = 1;
  of[item] = (of[item] as number) + value;
}

export function clear(scores: Scores): void {
  const { of, touched, isTouched } = scores;
  for (let i = 0; i < scores.count; i++) of[touched[i] as number] = isTouched[touched[i] as number] = 0;
  scores.count = 0;
}

/** Where a visitor who starts at one of the recent items and follows the edges ends: the random walk with restart (Tong,
 * Faloutsos, Pan, ICDM 2006, equation 1) cut off after two steps, P v + ½ P² v, with P the edges' weights divided by
 * their sum at the item left, and v the recent items, the one of rank r with 1 / (1 + r) (the `div` decay of V-SKNN:
 * Ludewig and Jannach, UMUAI 2018). The recent items themselves get 0.
 * @param recents newest first, by place in the catalog
 * @param result empty; receives the scores @param once empty, and empty again at the end */
export function walk(table: NeighbourTable, recents: readonly number[], result: Scores, once: Scores): void {
  const starts = recents.slice(0, STARTS);
  starts.forEach((item, rank) => {
    step(table, item, 1 / (1 + rank), once);
  });
  for (let i = 0; i < once.count; i++) {
    const item = once.touched[i] as number;
    const score = once.of[item] as number;
    add(result, item, score);
    step(table, item, score * ON, result);
  }
  clear(once);
  for (const item of recents) result.of[item] = 0;
}

function step(
  { start, items, weights, total }: NeighbourTable,
  from: number,
  mass: number,
  to: Scores,
): void {
  const share = mass / (total[from] as number);
  const end = start[from + 1] as number;
  for (let at = start[from] as number; at < end; at++) {
    add(to, items[at] as number, share * (weights[at] as number));
  }
}
