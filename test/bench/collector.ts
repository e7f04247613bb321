import type { ReleasedCell } from '@inkling/edge';
import { createFlood } from '../workerd/collector-flood.ts';
import { cellsOf, countedBy, type LoadResult, load, reportOf } from '../workerd/collector-load.ts';
import { type Collecting, startCollector } from '../workerd/start-collector.ts';
import type { Bench, BenchRow } from './bench.ts';

const DAY_MS = 86_400_000;
const CONNECTIONS = 50;

/** The collector in workerd, its objects on SQLite, over loopback HTTP: reports from 50 connections, one in ten of them
 * more than once, with objects that restart in the middle of their work and a flood of what must not be taken; then an
 * attempt at what was kept back.
 * @param args `--reports N` (200000), `--restarts SHARE` of the batches (0.001) */
export const bench: Bench = async (args) => {
  const option = (name: string, preset: number) =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : preset;
  const reports = option('--reports', 200_000);
  const collecting = await startCollector({
    connections: CONNECTIONS,
    restarts: option('--restarts', 0.001),
  });
  try {
    const day = Math.floor(Date.now() / DAY_MS);
    const now = day * DAY_MS + DAY_MS / 2;
    const flood = createFlood(collecting);
    let turn = 0;
    const beside = async (moment: number) => {
      if (turn++ % 20 === 0) await flood.send(moment);
    };
    const result = await load(collecting, { reports, connections: CONNECTIONS, now, beside });
    return [
      ...countRows(result, reports, await countedBy(collecting, day)),
      ...[...flood.statuses].flatMap(([kind, statuses]) => statusRows(`flood: ${kind}`, statuses)),
      ...(await attack(collecting, reports, day)),
    ];
  } finally {
    await collecting.dispose();
  }
};

function countRows(
  { expected, statuses, requests, seconds }: LoadResult,
  reports: number,
  counted: LoadResult['expected'],
): readonly BenchRow[] {
  const cells = [...new Set([...expected.keys(), ...counted.keys()])];
  /** Batches, exposures and rewards by which one goes beyond the other. */
  const beyond = (one: LoadResult['expected'], other: LoadResult['expected']) =>
    cells.reduce((sum, cell) => {
      const [a, b] = [one.get(cell) ?? [], other.get(cell) ?? []];
      return sum + a.reduce((all, count, i) => all + Math.max(0, count - (b[i] ?? 0)), 0);
    }, 0);
  return [
    { case: 'reports', metric: 'sent', value: reports, unit: '1' },
    { case: 'reports', metric: 'requests', value: requests, unit: '1' },
    ...statusRows('reports', statuses),
    { case: 'reports', metric: 'per second', value: requests / seconds, unit: '1/s' },
    { case: 'reports', metric: 'time', value: seconds, unit: 's' },
    { case: 'totals', metric: 'cells and sums', value: counted.size, unit: '1' },
    { case: 'totals', metric: 'lost', value: beyond(expected, counted), unit: '1' },
    { case: 'totals', metric: 'double', value: beyond(counted, expected), unit: '1' },
  ];
}

function statusRows(name: string, statuses: ReadonlyMap<number, number>): readonly BenchRow[] {
  return [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => ({ case: name, metric: `status ${status}`, value: count, unit: '1' }));
}

/** Asks for what was kept back: before the day is over, again and again, and by taking told cells from their sums. */
async function attack(collecting: Collecting, reports: number, day: number): Promise<readonly BenchRow[]> {
  const name = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const early = (await collecting.release(name, day * DAY_MS)).status;
  const answers = new Set<string>();
  for (let i = 0; i < 100; i++) {
    const response = await collecting.release(name, (day + 1 + (i % 300)) * DAY_MS);
    answers.add(await response.text());
  }
  const [first = '{"cells":[]}'] = answers;
  const { cells } = JSON.parse(first) as { readonly cells: readonly ReleasedCell[] };
  const told = new Set(
    cells.map(({ version, slot, arm, variation, moment }) =>
      JSON.stringify([version, slot, arm, variation, moment]),
    ),
  );
  /** By sum, the browsers that have something in it outside of what was told. */
  const left = new Map<string, number>();
  const inCell = new Map<string, number>();
  for (let place = 0; place < reports; place++) {
    const names = cellsOf(reportOf(place));
    const rest = new Set<string>();
    for (const cell of names) {
      if (!cell.endsWith('"all"]') && !told.has(cell)) rest.add(cell.replace(/"[^"]*"]$/, '"all"]'));
      if (told.has(cell)) inCell.set(cell, (inCell.get(cell) ?? 0) + 1);
    }
    for (const sum of rest) left.set(sum, (left.get(sum) ?? 0) + 1);
  }
  const fewest = (counts: Iterable<number>) => Math.min(...counts);
  const differences = [...left].filter(([sum]) => told.has(sum)).map(([, count]) => count);
  return [
    { case: 'attack', metric: 'answer before the day is over', value: early, unit: 'status' },
    { case: 'attack', metric: 'different answers to 100 requests', value: answers.size, unit: '1' },
    { case: 'attack', metric: 'sums and cells told', value: told.size, unit: '1' },
    { case: 'attack', metric: 'sums with something kept back', value: differences.length, unit: '1' },
    { case: 'attack', metric: 'fewest browsers in what was told', value: fewest(inCell.values()), unit: '1' },
    { case: 'attack', metric: 'fewest browsers in a difference', value: fewest(differences), unit: '1' },
  ];
}
