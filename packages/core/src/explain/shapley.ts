/** Shapley values of a game (Shapley 1953; as attributions Lundberg and Lee, NeurIPS 2017, equation 4), exact.
 * @param value of each coalition, 2^players of them; bit p of the index says whether player p takes part
 * @returns each player's value; they sum to value(all) - value(none) */
export function shapley(value: ArrayLike<number>): Float64Array {
  const players = 31 - Math.clz32(value.length);
  // |S|! (n - |S| - 1)! / n!, for each size of S.
  const weight = new Float64Array(players);
  for (let size = 0; size < players; size++) {
    weight[size] = size === 0 ? 1 / players : ((weight[size - 1] as number) * size) / (players - size);
  }
  const result = new Float64Array(players);
  for (let mask = 0; mask < value.length; mask++) {
    const w = weight[bits(mask)] as number;
    for (let player = 0; player < players; player++) {
      const joined = mask | (1 << player);
      if (joined === mask) continue;
      const gain = (value[joined] as number) - (value[mask] as number);
      result[player] = (result[player] as number) + w * gain;
    }
  }
  return result;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest; rest &= rest - 1) count++;
  return count;
}
