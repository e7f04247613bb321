import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, BenchRow } from './bench.ts';
import { repeatLists } from './cost/repeat-lists.ts';

const HERE = join(import.meta.dirname, 'cost');
const TRIVAGO = join(import.meta.dirname, 'trivago');

/** What reading and encoding a log costs, training an MLP on it for an epoch, and measuring that, by its size: the real
 * hotel lists, repeated with new visitors. Each size runs in a process of its own. `--impressions N` chooses the sizes (0
 * for none), `--train FILE` another log of the same format, `--heap MB` bounds V8's heap, which else grows as it likes;
 * beside it scikit-learn on the same file, where Python has it. Then what training the networks of the hotel bench costs, which is to take a minute at most on 2 cores. */
export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      impressions: { type: 'string', multiple: true, default: ['10000', '100000', '1000000'] },
      train: { type: 'string' },
      heap: { type: 'string' },
      // Taken, because every bench of data takes it: there is nothing to test here.
      test: { type: 'string' },
    },
  });
  const data = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
  const source = values.train ?? join(data, 'trivago/interactions.csv.gz');
  const heap = values.heap ? [`--max-old-space-size=${values.heap}`, '--max-semi-space-size=8'] : [];
  const folder = mkdtempSync(join(tmpdir(), 'inkling-cost-'));
  // The system's Python need not be the first one in the path.
  const python = ['python3', '/usr/bin/python3'].find(
    (program) => spawnSync(program, ['-c', 'import sklearn']).status === 0,
  );
  if (!python) process.stderr.write('scikit-learn: not installed\n');
  try {
    const rows: BenchRow[] = [];
    const run = (script: string, args: readonly string[], flags: readonly string[] = []) =>
      measure(process.execPath, [...flags, '--conditions=@inkling/source', join(HERE, script), ...args]);
    for (const size of values.impressions.map(Number).filter(Boolean)) {
      const log = join(folder, 'log.csv');
      await repeatLists(source, log, size);
      const file = { case: `inkling ${size}`, metric: 'file', value: statSync(log).size / 1e6, unit: 'MB' };
      const files = ['mapping.json', 'features.json'].map((name) => join(TRIVAGO, name));
      const ours = await run('ingest.ts', [log, ...files], heap);
      rows.push(file, ...figures(`inkling ${size}`, ours));
      if (python)
        rows.push(...figures(`scikit-learn ${size}`, await measure(python, [join(HERE, 'learn.py'), log])));
    }
    return [...rows, ...figures('trivago-mlp', await run('train-mlp.ts', [source]))];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

type Figures = Readonly<Record<string, number>>;

function figures(name: string, found: Figures): readonly BenchRow[] {
  const { items, readSeconds, encodeSeconds, trainSeconds, evaluateSeconds, processorSeconds = 1 } = found;
  const parts = [readSeconds, encodeSeconds, trainSeconds, evaluateSeconds];
  const rate = (time: number | undefined) => items && time && Math.round(items / time);
  const seconds = found.seconds ?? parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
  const row = (metric: string, value: number | undefined, unit: string): readonly BenchRow[] =>
    value === undefined ? [] : [{ case: name, metric, value, unit }];
  return [
    ...row('lists', found.lists, 'lists'),
    ...row('items', items, 'rows'),
    ...row('read', readSeconds, 's'),
    ...row('encode', encodeSeconds, 's'),
    ...row('train', trainSeconds, 's'),
    ...row('evaluate', evaluateSeconds, 's'),
    ...row('rate.evaluate', rate(evaluateSeconds), 'rows/s'),
    ...row('rate', rate(seconds), 'rows/s'),
    ...row('processor', processorSeconds, 's'),
    ...row('rate.processor', rate(processorSeconds), 'rows/s'),
    ...row('peak.encode', found.encodeMegabytes && Math.round(found.encodeMegabytes), 'MB'),
    ...row('peak', Math.round(found.megabytes ?? 0), 'MB'),
  ];
}

async function measure(program: string, args: readonly string[]): Promise<Figures> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString();
  });
  const status = await new Promise((done) => child.on('close', done));
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
  return JSON.parse(text) as Figures;
}
