import type { Engine } from '../../engines/engine.ts';
import type { BenchRow } from '../bench.ts';
import type { BenchModel } from './bench-model.ts';
import type { ColdResult, ColdTask } from './page/measure-cold.ts';
import { compare, type WarmResult, type WarmTask } from './page/measure-warm.ts';
import { ratioRows, summarize } from './statistics.ts';

const REPEATS = 9;
const PHASES = ['import', 'fetch', 'create', 'first run'] as const;
/** How many times faster a first score has to be. */
const COLD_TARGETS = { all: 30, memory: 150 } as const;
const COLD_TITLES = {
  all: 'cold, all of it',
  memory: 'cold, bytes in memory',
  compiled: 'cold, bytes in memory, ort given its wasm',
} as const;

/** Everything that is timed in one browser, as rows. */
export async function benchInBrowser(
  engine: Engine,
  origin: string,
  models: readonly BenchModel[],
): Promise<readonly BenchRow[]> {
  const visit = async <T>(task: ColdTask | WarmTask): Promise<T> => {
    const answer = await engine.visit(`${origin}/page.html?${encodeURIComponent(JSON.stringify(task))}`);
    const { value, error } = answer as { value: T; error?: string };
    if (error) throw new Error(`${engine.name}, ${JSON.stringify(task)}: ${error}`);
    return value;
  };
  const rows: BenchRow[] = [];
  const [first] = models;
  if (first) rows.push(...(await benchCold(engine.name, first, visit)));
  for (const { id, title, entry, target } of models) {
    process.stderr.write(`${engine.name}: ${title}\n`);
    const result = await visit<WarmResult>({ task: 'warm', model: id, entry });
    const name = `${title}, warm · ${engine.name}`;
    if (result.absent !== undefined) noteAbsence(engine.name, result.absent);
    for (const [way, times] of Object.entries(result.times)) rows.push(summarize(name, way, times, 'ms'));
    const theirs = result.times['onnxruntime-web run'];
    const ours = Object.entries(result.times).find(([way]) => /^inkling \w+ run$/.test(way))?.[1];
    if (theirs && ours)
      rows.push(...ratioRows(name, theirs, ours, isJudged(engine.name) ? target : undefined));
  }
  return rows;
}

/** First scores, every time in a fresh context, the sides by turns. */
async function benchCold(
  engine: string,
  { id, title, entry }: BenchModel,
  visit: (task: ColdTask) => Promise<ColdResult>,
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const from of ['all', 'memory', 'compiled'] as const) {
    process.stderr.write(`${engine}: ${COLD_TITLES[from]}\n`);
    const ours: ColdResult[] = [];
    const twin: ColdResult[] = [];
    const theirs: ColdResult[] = [];
    let absent = false;
    const sides = [
      async () => ours.push(await visit({ task: 'cold', model: id, side: entry, from })),
      async () => twin.push(await visit({ task: 'cold', model: id, side: entry, from, backend: 'js' })),
      async () => {
        if (absent) return;
        try {
          theirs.push(await visit({ task: 'cold', model: id, side: 'ort', from }));
        } catch (error) {
          absent = true;
          noteAbsence(engine, String(error));
        }
      },
    ];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      for (const side of repeat % 2 ? sides.toReversed() : sides) await side();
    }
    const [expected] = [...theirs, ...ours];
    for (const { scores } of [...ours, ...twin]) compare('inkling', scores, expected?.scores ?? []);
    const name = `${title}, ${COLD_TITLES[from]} · ${engine}`;
    const times = (results: readonly ColdResult[]) => results.map(({ ms }) => ms);
    const backend = ours[0]?.backend;
    rows.push(summarize(name, `inkling ${backend}`, times(ours), 'ms'));
    for (const phase of PHASES) {
      const spent = ours.map(({ phases }) => phases[phase]);
      if (spent.some((ms) => ms > 0.1))
        rows.push(summarize(name, `inkling ${backend}: ${phase}`, spent, 'ms'));
    }
    if (backend !== 'js') rows.push(summarize(name, 'inkling js', times(twin), 'ms'));
    if (absent) continue;
    rows.push(summarize(name, 'onnxruntime-web', times(theirs), 'ms'));
    const target = from === 'compiled' || !isJudged(engine) ? undefined : COLD_TARGETS[from];
    rows.push(...ratioRows(name, times(theirs), times(ours), target));
  }
  return rows;
}

/** The opponent may fail elsewhere, where ours is timed alone; in Chromium there is nothing to print without it. */
function noteAbsence(engine: string, why: string): void {
  if (isJudged(engine)) throw new Error(why);
  process.stderr.write(`${engine}: onnxruntime-web fails, ours is timed alone. ${why.split('\n')[0]}\n`);
}

/** The targets are for Chromium. */
function isJudged(engine: string): boolean {
  return engine.startsWith('Chromium');
}
