import { serveWithdrawal } from '../engines/serve-withdrawal.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';
import type { Withdrawn } from '../engines/withdrawal-probe.ts';
import type { Bench, BenchRow } from './bench.ts';
import { quantile } from './onnx/statistics.ts';

const ROUNDS = 10;

/** How long it takes from the act in one document until what the visitor took back is gone from another's memory and from
 * the device: the median, the least and the most of ten rounds in each engine, by either way of hearing of it. Build the shop first
 * (`npm start` does). */
export const bench: Bench = async () => {
  const shop = await serveWithdrawal();
  const rows: BenchRow[] = [];
  try {
    for (const [engine, start] of ENGINES) {
      const times = new Map<string, number[]>();
      for (let round = 0; round < ROUNDS; round++) {
        const answer = await visitIn(start, `${shop.url}probe.html`, 40);
        if (answer === NOT_INSTALLED) break;
        for (const [way, { ms }] of Object.entries(answer as Withdrawn)) {
          times.set(way, [...(times.get(way) ?? []), ms]);
        }
      }
      for (const [way, all] of times) {
        const [low, value, high] = [quantile(all, 0), quantile(all, 0.5), quantile(all, 1)];
        rows.push({ case: engine, metric: way, value, low, high, unit: 'ms' });
      }
    }
  } finally {
    await shop.close();
  }
  return rows;
};
