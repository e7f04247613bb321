import { exp } from '../math.ts';

const DAY = 86_400_000;

/** A sum of weights that fades: `value` as it was at `at` (epoch ms). `weight` is the sum of the weights' magnitudes,
 * given only where some weights were negative and it therefore differs from `value`. */
export type Fading = readonly [value: number, at: number, weight?: number];

/** What is left of a weight after `ms`: 2^(−ms / half-life). 1 for no time and less. */
export function decay(ms: number, halfLifeDays: number): number {
  return exp((-Math.LN2 * Math.max(0, ms)) / (halfLifeDays * DAY));
}

/** What a fading sum is worth now: it halves every half-life, exactly the same however often it is read. */
export function fade([value, at]: Fading, now: number, halfLifeDays: number): number {
  return value * decay(now - at, halfLifeDays);
}

/** The sum with one more weight, of any age: one that comes late is worth what is left of it by the sum's own time, so
 * that the order of events does not matter (forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009, section 3).
 * @param sum undefined for the first weight */
export function addFading(sum: Fading | undefined, weight: number, at: number, halfLifeDays: number): Fading {
  const [before, since, magnitude = Math.abs(before)] = sum ?? [0, at];
  const kept = decay(at - since, halfLifeDays);
  const left = decay(since - at, halfLifeDays);
  const value = before * kept + weight * left;
  const total = magnitude * kept + Math.abs(weight) * left;
  const latest = Math.max(since, at);
  return total === value ? [value, latest] : [value, latest, total];
}
