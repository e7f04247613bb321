import { FOLDS, type RoundTable } from './round-table.ts';
import { solver } from './solve.ts';

/** Rounds' worth of the mean reward that every feature starts with. */
const PRIOR = 20;
/** So that a fold without rounds of others predicts 0 instead of nothing. */
const INTERCEPT_PRIOR = 1e-9;

/** What the reward model says of each round, never having seen its visitor. */
export interface RewardModel {
  /** Of the choice in the log. One for each round. */
  readonly logged: Float64Array;
  /** Of the target policy's choices, in expectation. One for each round. */
  readonly expected: Float64Array;
  /** How far the mean of `expected` + weight · (reward − `logged`) moves through the model, relative to a mean's own
   * 1 / rounds, when the reward of a round grows by 1. */
  leverage(weights: Float64Array): Float64Array;
}

/** Ridge regression of the reward on the features, shrunk to the mean reward (Hoerl and Kennard, Technometrics 12, 1970).
 * Cross-fitted over visitors, so that no reward leaks into its own prediction (Chernozhukov et al., Econometrics Journal
 * 21, 2018). */
export function modelRewards(rounds: RoundTable): RewardModel {
  const width = 1 + rounds.width;
  const { folds, rewards: rewardOf } = rounds;
  const { length } = rewardOf;
  const perFold = (size = width) => Array.from({ length: FOLDS }, () => new Float64Array(size));
  const ofFold = (sums: readonly Float64Array[], round: number) =>
    sums[folds[round] as number] as Float64Array;
  const [grams, rewards, expected] = [perFold(width * width), perFold(), perFold()];
  rounds.eachRow((round, i) => {
    const row = rowOf(round.features);
    addProducts(ofFold(grams, i), width, row);
    addRow(ofFold(rewards, i), row, rewardOf[i] as number);
    const sums = ofFold(expected, i);
    sums[0] = (sums[0] as number) + 1;
    for (let j = 1; j < width; j++) sums[j] = (sums[j] as number) + (round.expected[j - 1] as number);
  });
  const solvers = grams.map((_, fold) => {
    const gram = sumOf(grams, fold);
    for (let j = 0; j < width; j++) {
      gram[j * width + j] = (gram[j * width + j] as number) + (j > 0 ? PRIOR : INTERCEPT_PRIOR);
    }
    return solver(gram, width);
  });
  const fits = solvers.map((solve, fold) => solve(sumOf(rewards, fold)));
  const said = { logged: new Float64Array(length), expected: new Float64Array(length) };
  rounds.eachRow((round, i) => {
    const fit = ofFold(fits, i);
    said.logged[i] = apply(fit, rowOf(round.features));
    said.expected[i] = applyDense(fit, round.expected);
  });
  return {
    ...said,
    leverage(weights) {
      const corrected = perFold();
      rounds.eachRow(({ features }, i) =>
        addRow(ofFold(corrected, i), rowOf(features), weights[i] as number),
      );
      const pulls = solvers.map((solve, fold) => {
        const weighted = corrected[fold] as Float64Array;
        return solve((expected[fold] as Float64Array).map((sum, j) => sum - (weighted[j] as number)));
      });
      const others = pulls.map((_, fold) => sumOf(pulls, fold));
      const moved = new Float64Array(length);
      rounds.eachRow(({ features }, i) => {
        moved[i] = apply(ofFold(others, i), rowOf(features));
      });
      return moved;
    },
  };
}

/** The constant 1 and the features that are not 0: most of most rounds are. */
interface Row {
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

function rowOf(features: Float64Array): Row {
  const [columns, values] = [[0], [1]];
  for (let j = 0; j < features.length; j++) {
    const value = features[j] as number;
    if (value === 0) continue;
    columns.push(j + 1);
    values.push(value);
  }
  return { columns, values };
}

function addRow(sums: Float64Array, { columns, values }: Row, times: number): void {
  columns.forEach((column, i) => {
    sums[column] = (sums[column] as number) + times * (values[i] as number);
  });
}

/** Onto the lower half. */
function addProducts(gram: Float64Array, width: number, { columns, values }: Row): void {
  columns.forEach((row, i) => {
    for (let k = 0; k <= i; k++) {
      const at = row * width + (columns[k] as number);
      gram[at] = (gram[at] as number) + (values[i] as number) * (values[k] as number);
    }
  });
}

/** Of all parts but one. */
function sumOf(parts: readonly Float64Array[], without: number): Float64Array {
  const sum = new Float64Array(parts[0]?.length ?? 0);
  parts.forEach((part, fold) => {
    if (fold === without) return;
    for (let j = 0; j < sum.length; j++) sum[j] = (sum[j] as number) + (part[j] as number);
  });
  return sum;
}

function apply(weights: Float64Array, { columns, values }: Row): number {
  let sum = 0;
  for (let i = 0; i < columns.length; i++)
    sum += (weights[columns[i] as number] as number) * (values[i] as number);
  return sum;
}

/** @param weights of the constant and of each feature */
function applyDense(weights: Float64Array, features: Float64Array): number {
  let sum = weights[0] as number;
  for (let j = 0; j < features.length; j++) sum += (weights[j + 1] as number) * (features[j] as number);
  return sum;
}
