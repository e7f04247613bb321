import type { Item } from '../item.ts';
import { prng } from '../prng.ts';
import type { SlateItem } from './slate.ts';
import type { SlateRequest } from './slate-request.ts';
import { placesOf, type Stage } from './stage.ts';
import { WHOLE } from './whole.ts';

/** The probability of each item that may stand next. */
export interface Distribution {
  /** Indices of items, the best first. */
  readonly arms: readonly number[];
  /** One for each arm; integers that sum to WHOLE. */
  readonly weights: ArrayLike<number>;
}

/** Says for one position after the other which of the open items may stand there, and how probably.
 * @param chosen the indices of the items placed before
 * @returns undefined where none may */
export type Choice = (open: readonly number[], chosen: readonly number[]) => Distribution | undefined;

/** One loop over positions: the pinned item if there is one, else a draw. Then, where the slate is short, the authored
 * items. */
export function fillPlaces(
  request: SlateRequest,
  { open, pins, places, fills }: Stage,
  choose: Choice,
): SlateItem[] {
  const { slot, items, scores, seed } = request;
  const random = prng(seed, slot.id);
  const idOf = (index: number) => (items[index] as Item).id;
  const slate: SlateItem[] = [];
  const chosen: number[] = [];
  while (slate.length < places) {
    const position = slate.length;
    const pinnedAt = Math.min(...pins.keys());
    const drawn = open.length > 0 && pinnedAt !== position ? choose(open, chosen) : undefined;
    // In a slate too short for its position a pin stands last.
    const pinned = pins.get(pinnedAt);
    if (!drawn && pinned === undefined) break;
    const { arms, weights } = drawn ?? { arms: [pinned as number], weights: [WHOLE] };
    const arm = draw(weights, random() >>> 8);
    const index = arms[arm] as number;
    if (drawn) open.splice(open.indexOf(index), 1);
    else pins.delete(pinnedAt);
    chosen.push(index);
    slate.push({
      id: idOf(index),
      position,
      score: scores[index] as number,
      propensity: (weights[arm] as number) / WHOLE,
      via: !drawn ? 'pin' : arm > 0 ? 'explore' : 'rank',
      arms: arms.map(idOf),
    });
  }
  return [...slate, ...fillsOf(fills, slate.length, placesOf(request))];
}

/** Authored items for the places from one on, each once. */
export function fillsOf(ids: readonly string[], from: number, places: number): readonly SlateItem[] {
  return [...new Set(ids)]
    .slice(0, Math.max(0, places - from))
    .map((id, i) => ({ id, position: from + i, score: 0, propensity: 1, via: 'fill', arms: [id] }));
}

/** The arm in whose share of 2^24 the coin falls. */
function draw(weights: ArrayLike<number>, coin: number): number {
  let arm = 0;
  for (let rest = coin; rest >= (weights[arm] as number); arm++) rest -= weights[arm] as number;
  return arm;
}
