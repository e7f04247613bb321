import { prng } from '@inkling/core';
import type { Bench, BenchRow } from './bench.ts';
import { cellsAsked } from './capacity/cells-asked.ts';
import { shardLoad } from './capacity/shard-load.ts';
import { simulateCell } from './capacity/simulate-cell.ts';

/** Pages in a second. */
const SCALES = [100, 10_000, 1_000_000] as const;
/** What one Durable Object takes in a second, as Cloudflare says of simple work. */
const SHARD_LIMIT = 1000;
/** Cloudflare's prices of the paid plan in dollars, beyond what it includes. */
const PRICE = {
  request: 0.3e-6,
  cpuMs: 0.02e-6,
  kvRead: 0.5e-6,
  objectRequest: 0.15e-6,
  rowWritten: 1e-6,
} as const;
const RELEASE_SECONDS = 10;
/** Of 0.25° each: Germany's 358,000 km², and a third of the world's land. */
const COUNTRY_CELLS = 750;
const WORLD_CELLS = 100_000;

/** What pages in a second need of the platform: shards by simulated load, weather calls by the edge's own weather store on a
 * simulated clock, and what it costs by the platform's prices. docs/capacity.md says where each assumption comes from.
 * @param args `--cpu-ms X` of a page (1), `--pages N` of a visitor in a day (10), `--cells N` of a report (8) */
export const bench: Bench = async (args) => {
  const option = (name: string, preset: number) =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : preset;
  const cpuMs = option('--cpu-ms', 1);
  const pagesOfVisitor = option('--pages', 10);
  const cellsOfReport = option('--cells', 8);
  const draw = prng('capacity', 'bench');
  const random = () => draw() / 2 ** 32;
  const rows: BenchRow[] = [];
  const perRefresh = new Map<number, number>();
  for (const [isolates, perSecond] of [
    [1, 1],
    [20, 50],
    [200, 200],
  ] as const) {
    const cold = await simulateCell({ isolates, perSecond, hours: 0.5 }, random);
    const { calls, known } = await simulateCell({ isolates, perSecond, hours: 6.5 }, random);
    // Six hours are eight times 45 minutes.
    perRefresh.set(isolates, (calls - cold.calls) / 8);
    const name = `hot cell, ${isolates} isolates, ${perSecond}/s`;
    rows.push(
      { case: name, metric: 'calls when cold', value: cold.calls, unit: '' },
      { case: name, metric: 'calls each 45 minutes', value: (calls - cold.calls) / 8, unit: '' },
      { case: name, metric: 'pages that know it', value: known, unit: 'share' },
    );
  }
  for (const [index, pages] of SCALES.entries()) {
    const name = `${pages}/s`;
    const isolates = isolatesOf(pages, cpuMs);
    const reports = pages / pagesOfVisitor;
    // Twice as many come in the busiest hours as on average.
    const shards = shardsFor(2 * reports);
    const { worstSecond, busiest } = shardLoad(2 * reports, shards, random);
    const calls = (cells: number) => cellsAsked(pages, cells, [...perRefresh.values()][index] ?? 1);
    const kvReads = Math.min(pages, isolates / RELEASE_SECONDS);
    rows.push(
      { case: name, metric: 'isolates, at least', value: isolates, unit: '' },
      { case: name, metric: 'KV reads, at most', value: kvReads, unit: '1/s' },
      {
        case: name,
        metric: 'weather calls, one country',
        value: Math.round(calls(COUNTRY_CELLS)),
        unit: '1/day',
      },
      {
        case: name,
        metric: 'weather calls, the world',
        value: Math.round(calls(WORLD_CELLS)),
        unit: '1/day',
      },
      { case: name, metric: 'reports', value: reports, unit: '1/s' },
      { case: name, metric: 'shards', value: shards, unit: '' },
      { case: name, metric: 'busiest shard, worst second', value: worstSecond, unit: '1/s' },
      { case: name, metric: 'busiest shard / mean', value: busiest, unit: 'ratio' },
      ...costOf(name, { cpuMs, kvReads: kvReads / pages, reports: 1 / pagesOfVisitor, cellsOfReport }),
    );
  }
  return rows;
};

/** One thread each, at half of its time; and three in each of 300 cities once there are pages enough. */
function isolatesOf(pages: number, cpuMs: number): number {
  return Math.ceil(Math.max((pages * cpuMs) / 500, Math.min(pages, 900)));
}

/** So that a shard has a third of its limit to do on average: bursts and restarts need the rest. */
function shardsFor(reports: number): number {
  return Math.max(1, Math.ceil(reports / (SHARD_LIMIT / 3)));
}

interface Use {
  readonly cpuMs: number;
  /** Of one page, as the next two. */
  readonly kvReads: number;
  readonly reports: number;
  readonly cellsOfReport: number;
}

function costOf(name: string, { cpuMs, kvReads, reports, cellsOfReport }: Use): readonly BenchRow[] {
  const million = 1_000_000;
  const parts = {
    requests: PRICE.request,
    processor: cpuMs * PRICE.cpuMs,
    'release record': kvReads * PRICE.kvRead,
    // The batch and its cells, and the batch's deletion two days later.
    reports: reports * (PRICE.request + PRICE.objectRequest + (2 + cellsOfReport) * PRICE.rowWritten),
  };
  const all = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return Object.entries({ ...parts, all }).map(([part, dollars]) => ({
    ...{ case: name, metric: `cost of a million pages: ${part}`, value: dollars * million, unit: '$' },
  }));
}
