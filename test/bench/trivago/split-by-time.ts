import type { Log } from '@inkling/cli';
import type { TrivagoLog } from './read-trivago.ts';

/** Trains on all that happened before the last fifth of the day, tests on the sessions that start in it, of visitors
 * who were not there before. */
export function splitByTime({ log, startOf }: TrivagoLog): { readonly train: Log; readonly test: Log } {
  const times = log.map(({ at }) => at);
  const starts = [...startOf.values()];
  const first = starts.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  const cut = first + 0.8 * (last - first);
  const train = log.filter(({ at }) => at < cut);
  const known = new Set(train.map(({ visitor }) => visitor));
  return { train, test: log.filter(({ at, visitor }) => at >= cut && !known.has(visitor)) };
}
