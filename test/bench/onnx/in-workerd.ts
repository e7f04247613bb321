import { join } from 'node:path';
import { build } from 'esbuild';
import { Miniflare, NoOpLog } from 'miniflare';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createFeeds } from '../../onnx/exporters/create-feeds.ts';
import { buildModel } from '../../onnx/model-builder.ts';
import type { BenchRow } from '../bench.ts';
import type { BenchModel } from './bench-model.ts';
import { compare } from './page/measure-warm.ts';
import { summarize } from './statistics.ts';
import type { WorkerAnswer, WorkerTask } from './worker.ts';

const ROUNDS = 15;
const RUNS_AT_LEAST = 14;
const BATCH_MS = 40;
const CREATES_MS = 100;
const MAX_CREATES = 50;

type Ask = (
  task: Pick<WorkerTask, 'creates' | 'runs' | 'sync'> & { backend?: string },
) => Promise<WorkerAnswer>;

/** Ours in workerd, where onnxruntime-web cannot compile its module; scores are compared with onnxruntime-node's. A
 * Worker's clock stands still while it computes, so requests are timed from outside, less what an idle one takes. */
export async function benchInWorkerd(models: readonly BenchModel[]): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const entry of new Set(models.map((model) => model.entry))) {
    const worker = await startWorker(entry === 'onnx' ? '@inkling/onnx' : `@inkling/onnx/${entry}`);
    try {
      for (const model of models.filter((each) => each.entry === entry)) {
        process.stderr.write(`workerd: ${model.title}\n`);
        rows.push(...(await benchModel(worker, model)));
      }
    } finally {
      await worker.dispose();
    }
  }
  return rows;
}

async function benchModel(worker: Miniflare, model: BenchModel): Promise<readonly BenchRow[]> {
  const bytes = buildModel(model.spec);
  const ask: Ask = async (task) => {
    const header: WorkerTask = { ...task, model: model.id, feeds: model.feeds };
    const response = await worker.dispatchFetch('http://bench/', {
      method: 'POST',
      headers: { 'x-task': JSON.stringify(header) },
      body: bytes,
    });
    if (!response.ok) throw new Error(`workerd, ${model.title}: ${await response.text()}`);
    return (await response.json()) as WorkerAnswer;
  };
  const expected = await scoresOfOrt(bytes, model);
  const rows: BenchRow[] = [];
  const known = new Set<string>();
  for (const backend of [undefined, 'js']) {
    const options = backend ? { backend } : {};
    const answer = await ask({ creates: 0, runs: 0, sync: true, ...options });
    compare(`workerd ${answer.backend}`, answer.scores, expected);
    if (known.has(answer.backend)) continue;
    known.add(answer.backend);
    const name = `${model.title}, warm · workerd`;
    // The twin once is enough.
    for (const sync of backend ? [true] : [false, true]) {
      const times = await timePerRun(ask, sync, options);
      rows.push(summarize(name, `inkling ${answer.backend} run${sync ? 'Sync' : ''}`, times, 'ms'));
    }
    const one = await time(ask, { creates: 1, runs: 0, sync: true, ...options });
    const creates = Math.min(MAX_CREATES, Math.ceil(CREATES_MS / one));
    const times = await timesLessIdle(ask, { creates, runs: 0, sync: true, ...options }, options);
    rows.push(
      summarize(
        `${model.title}, bytes in memory · workerd`,
        `inkling ${answer.backend} create + run, not the first`,
        times.map((ms) => ms / creates),
        'ms',
      ),
    );
  }
  return rows;
}

async function timePerRun(ask: Ask, sync: boolean, options: { backend?: string }): Promise<number[]> {
  const few = { creates: 0, runs: RUNS_AT_LEAST, sync, ...options };
  await ask(few);
  const once = (await time(ask, few)) / RUNS_AT_LEAST;
  const runs = Math.max(RUNS_AT_LEAST, Math.ceil(BATCH_MS / once));
  return (await timesLessIdle(ask, { ...few, runs }, options)).map((ms) => ms / runs);
}

async function timesLessIdle(
  ask: Ask,
  task: Parameters<Ask>[0],
  options: { backend?: string },
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const idle = await time(ask, { creates: 0, runs: 0, sync: true, ...options });
    times.push((await time(ask, task)) - idle);
  }
  return times;
}

async function time(ask: Ask, task: Parameters<Ask>[0]): Promise<number> {
  const start = performance.now();
  await ask(task);
  return performance.now() - start;
}

async function scoresOfOrt(bytes: Uint8Array, { feeds }: BenchModel): Promise<number[]> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const outputs = await session.run(
    Object.fromEntries(
      createFeeds(feeds).map(({ name, type, data, dims }) => [name, new Tensor(type, data, dims)]),
    ),
  );
  await session.release();
  return Array.from(outputs[session.outputNames[0] ?? '']?.data as Float32Array);
}

/** A Worker of the built package: its real `.wasm` file, if it imports one, is a module of its own. */
async function startWorker(specifier: string): Promise<Miniflare> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { InferenceSession, Tensor } from ${JSON.stringify(specifier)};
        import { createBenchWorker } from './bench/onnx/worker.ts';
        export default createBenchWorker({ InferenceSession, Tensor });`,
      resolveDir: join(import.meta.dirname, '../..'),
    },
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    logLevel: 'warning',
  });
  const miniflare = new Miniflare({
    log: new NoOpLog(),
    modulesRoot: '/',
    // The first is the Worker.
    modules: outputFiles
      .toSorted((a) => (a.path.endsWith('.wasm') ? 1 : -1))
      .map(({ path, contents }) => ({
        type: path.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule',
        path,
        contents,
      })),
    compatibilityDate: '2026-07-01',
  });
  await miniflare.ready;
  return miniflare;
}
