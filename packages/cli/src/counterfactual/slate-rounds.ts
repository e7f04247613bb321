import { createContext, type ModelOutput, type Scorer, type SlotSpec } from '@inkling/core';
import { fullSlateKinds, propensityOf } from '@inkling/core/full';
import type { Example } from '../dataset/build-dataset.ts';
import { propensitiesOf } from './impression.ts';
import type { Round } from './round.ts';

/** A ranker and the slot that turns its scores into a slate. */
export interface SlatePolicy {
  readonly slot: SlotSpec;
  readonly scorer: Scorer;
  readonly output: ModelOutput;
}

/** Slates drawn from the target policy for each list. */
const DRAWS = 16;

/** A list of the log as a round: the whole slate is the choice, the choices among its places are the reward. A
 * list's rows are the candidates, in displayed order; the slate is the first of them, as many as the target policy fills.
 * Propensities are the products of the conditional ones along the slate, so nothing is assumed of how visitors read.
 * The reward model knows the sums of the items' features, once plain and once discounted by position as NDCG does; what
 * it expects of the target policy is the mean over slates drawn from it, which leaves DR unbiased.
 * @param file of the log, for messages @returns nothing where the target policy fills no place
 * @throws CliError for a propensity that is none */
export function roundOfSlate(
  example: Example,
  { slot, scorer, output }: SlatePolicy,
  file: string,
): Round | undefined {
  const { list, features, profile } = example;
  const propensities = propensitiesOf(list, file);
  const request = {
    slot,
    items: list.items,
    scores: scorer(features, list.items.length),
    output,
    excluded: new Set(profile.dismissed),
    authored: [],
    now: list.at,
    profile,
    context: createContext(list.context),
  };
  const draws: (readonly string[])[] = [];
  while (draws.length < DRAWS) {
    const slate = fullSlateKinds.build({ ...request, seed: `${list.id} ${draws.length}` });
    draws.push(slate.map(({ id }) => id));
    // All the others would be the same.
    if (slate.every(({ propensity }) => propensity === 1)) break;
  }
  const places = (draws[0] as readonly string[]).length;
  if (places === 0) return undefined;
  const ids = list.items.slice(0, places).map(({ id }) => id);
  const certain = propensities.map((propensity) => propensity === 1);
  const sums = draws.map((draw) => sumsOf(example, draw));
  return {
    visitor: list.visitor,
    reward: list.labels.slice(0, places).reduce((a, b) => a + b, 0),
    logged: propensities.slice(0, places).reduce((a, b) => a * b, 1),
    target: propensityOf({ ...request, seed: `${list.id} 0` }, ids),
    features: sumsOf(example, ids),
    expected: sums[0]?.map(
      (_, j) => sums.reduce((sum, one) => sum + (one[j] as number), 0) / sums.length,
    ) as Float64Array,
    unsupported: 0,
    unexplored: draws.filter((draw) => certain[departure(draw, ids)]).length / draws.length,
  };
}

/** The same of many. */
export function roundsOfSlates(
  examples: readonly Example[],
  policy: SlatePolicy,
  file: string,
): readonly Round[] {
  return examples.flatMap((example) => roundOfSlate(example, policy, file) ?? []);
}

/** f64[2 × width] */
function sumsOf({ list, features }: Example, ids: readonly string[]): Float64Array {
  const width = features.length / list.items.length;
  const sums = new Float64Array(2 * width);
  ids.forEach((id, position) => {
    const row = list.items.findIndex((item) => item.id === id);
    for (let j = 0; j < width; j++) {
      const value = features[row * width + j] as number;
      sums[j] = (sums[j] as number) + value;
      sums[width + j] = (sums[width + j] as number) + value / Math.log2(position + 2);
    }
  });
  return sums;
}

/** The first place at which a slate shows something else than the other. After it nothing is known of what the log's
 * policy would have done, so that a place which that policy was certain of counts only here. */
function departure(draw: readonly string[], ids: readonly string[]): number {
  return draw.findIndex((id, position) => id !== ids[position]);
}
