import type { NeighbourTable } from './neighbour-table.ts';

/** How far back a walk begins: older items would add work and little else. */
const STARTS = 10;
/** Weight of a second step, and the most of a score that one of them passes on: else items two steps away would come
 * before those next to the recent ones where items have few edges. */
const ON = 3;
const PASSED_ON = 1 / 3;

/** A table made ready for walking: each edge's weight as it counts for the item it leads to. */
export interface Paths extends Pick<NeighbourTable, 'start' | 'items' | 'weights'> {
  /** What the first step from item i is multiplied by. */
  readonly leave: Float64Array;
}

/** Done once a table. An item's strength is the sum of the weights of its edges, in means of all items that have edges; so
 * the scale of the weights does not matter. Popular items are strong: an edge counts strength^-¼ of the item it leads to,
 * and the first step also strength^-½ of the item it leaves. */
export function preparePaths({ start, items, weights, total }: NeighbourTable): Paths {
  let [sum, linked] = [0, 0];
  for (const strength of total) {
    sum += strength;
    if (strength > 0) linked++;
  }
  const mean = sum / linked;
  return {
    start,
    items,
    weights: weights.map((weight, at) => {
      return weight / mean / Math.sqrt(Math.sqrt((total[items[at] as number] as number) / mean));
    }),
    leave: total.map((strength) => 1 / Math.sqrt(strength / mean)),
  };
}

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

/** Where a visitor who starts at one of the recent items and follows the edges ends, after one step or two: P v + R P v.
 * Of v, the recent item of rank r has (r + 3/2)^-3/2. Q are the edges' weights divided by strength^¼ of the item they
 * lead to (see `preparePaths`), P is Q divided by strength^½ of the item that is left, R is 3 Q, and at most 1/3.
 * @param recents newest first, by place in the catalog
 * @param result empty; receives the scores @param once empty, and empty again at the end */
export function walk(paths: Paths, recents: readonly number[], result: Scores, once: Scores): void {
  const { start, items, weights, leave } = paths;
  recents.slice(0, STARTS).forEach((item, rank) => {
    const place = rank + 1.5;
    const mass = (leave[item] as number) / (place * Math.sqrt(place));
    const end = start[item + 1] as number;
    for (let at = start[item] as number; at < end; at++) {
      add(once, items[at] as number, mass * (weights[at] as number));
    }
  });
  for (let i = 0; i < once.count; i++) {
    const item = once.touched[i] as number;
    const mass = once.of[item] as number;
    add(result, item, mass);
    const end = start[item + 1] as number;
    for (let at = start[item] as number; at < end; at++) {
      add(result, items[at] as number, mass * Math.min(ON * (weights[at] as number), PASSED_ON));
    }
  }
  clear(once);
}
