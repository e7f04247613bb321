/** Many enough to tell how uneven chance is. */
const REPORTS = 20_000_000;

/** The busiest of so many shards in each second of an hour, or of as long as 20 million reports take: reports come by chance (a Poisson process), each at the shard
 * that the first 32 bits of its random batch id say, as the collector has it.
 * @param perSecond Reports in a second, on average.
 * @param random From 0 to below 1.
 * @returns reports at the busiest shard: in its worst second, and in all as a multiple of the mean */
export function shardLoad(
  perSecond: number,
  shards: number,
  random: () => number,
): { readonly worstSecond: number; readonly busiest: number } {
  const totals = new Float64Array(shards);
  const counts = new Uint32Array(shards);
  let worstSecond = 0;
  const seconds = Math.min(3600, Math.ceil(REPORTS / perSecond));
  for (let second = 0; second < seconds; second++) {
    counts.fill(0);
    const reports = poisson(perSecond, random);
    for (let report = 0; report < reports; report++) {
      const shard = Math.floor(random() * 2 ** 32) % shards;
      const count = (counts[shard] ?? 0) + 1;
      counts[shard] = count;
      if (count > worstSecond) worstSecond = count;
    }
    for (let shard = 0; shard < shards; shard++) totals[shard] = (totals[shard] ?? 0) + (counts[shard] ?? 0);
  }
  return { worstSecond, busiest: Math.max(...totals) / ((seconds * perSecond) / shards) };
}

/** Knuth's method for small means; for large ones the normal distribution that it comes close to. */
function poisson(mean: number, random: () => number): number {
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  let count = 0;
  for (let left = random(); left > Math.exp(-mean); left *= random()) count++;
  return count;
}
