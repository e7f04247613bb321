import { adaptRows, type RankingRequest, rankRows } from '../decision/rank-candidates.ts';

/** An item's advantage over others under every coalition of feature groups. */
export interface Game {
  /** Indices of the groups that take part. Each of the others is, in all rows, as if nothing were known of it: it
   * changes no score, so its Shapley value is 0 exactly. */
  readonly players: readonly number[];
  /** Of each coalition of players; bit p of the index says whether player p takes part. */
  readonly value: Float64Array;
  /** What the item loses of its advantage without each feature of the spec; 0 where the feature changes no row. */
  readonly loss: Float64Array;
  /** The part of the loss that is due to what the device has learnt. */
  readonly learntLoss: Float64Array;
}

/** Scores an item and those it is compared with under every coalition and without every single feature, in one batch
 * of the ranker: (2^players + features) × rows. Groups outside a coalition are in their unknown encoding. What the
 * device has learnt is added to the masked rows like to any other.
 * @param features f32[candidates × width]
 * @param rows the item's, then those of the others
 * @throws InklingError E_MODEL, and whatever the scorer throws */
export function playGame(request: RankingRequest, features: Float32Array, rows: readonly number[]): Game {
  const { width, featureOf, unknown, spec } = request.encoder;
  const groupOf = spec.features.map(({ group }) => spec.groups.findIndex(({ id }) => id === group));
  const active = new Set<number>();
  for (let column = 0; column < width; column++) {
    const isKnown = rows.some((row) => features[row * width + column] !== unknown[column]);
    if (isKnown) active.add(featureOf[column] as number);
  }
  const players = [...new Set([...active].map((feature) => groupOf[feature] as number))].sort(
    (a, b) => a - b,
  );
  const coalitions = 2 ** players.length;
  const single = [...active];
  const masks = coalitions + single.length;
  const playerOf = groupOf.map((group) => players.indexOf(group));

  const batch = new Float32Array(masks * rows.length * width);
  for (let mask = 0; mask < masks; mask++) {
    const removed = single[mask - coalitions];
    for (let column = 0; column < width; column++) {
      const feature = featureOf[column] as number;
      const isOn = mask < coalitions ? (mask >> (playerOf[feature] as number)) & 1 : feature !== removed;
      for (let k = 0; k < rows.length; k++) {
        batch[(mask * rows.length + k) * width + column] = (
          isOn ? features[(rows[k] as number) * width + column] : unknown[column]
        ) as number;
      }
    }
  }
  const ranked = rankRows({ scorer: request.scorer }, batch, masks * rows.length);
  const scores = adaptRows(request, batch, ranked);
  const advantages = (of: Float32Array) =>
    Float64Array.from({ length: masks }, (_, mask) => advantage(of, mask * rows.length, rows.length));
  const adapted = advantages(scores);
  const alone = advantages(ranked);

  const loss = new Float64Array(spec.features.length);
  const learntLoss = new Float64Array(spec.features.length);
  single.forEach((feature, i) => {
    const lost = (of: Float64Array) => (of[coalitions - 1] as number) - (of[coalitions + i] as number);
    loss[feature] = lost(adapted);
    learntLoss[feature] = lost(adapted) - lost(alone);
  });
  return { players, value: adapted.subarray(0, coalitions), loss, learntLoss };
}

/** The first score less the mean of the rest. */
function advantage(scores: Float32Array, from: number, rows: number): number {
  let others = 0;
  for (let k = 1; k < rows; k++) others += scores[from + k] as number;
  return (scores[from] as number) - (rows > 1 ? others / (rows - 1) : 0);
}
