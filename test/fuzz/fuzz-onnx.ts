import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createOnnxCase } from './onnx-case.ts';
import type { WorkerFinding, WorkerStart } from './onnx-worker.ts';

export interface FuzzOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Where the bytes of findings go. */
  readonly folder: string;
  /** Modules of the package. */
  readonly entries: readonly string[];
}

export interface FuzzReport {
  readonly executions: number;
  readonly seconds: number;
  readonly findings: readonly FuzzFinding[];
}

export interface FuzzFinding {
  readonly what: string;
  /** The case's bytes. */
  readonly file: string;
}

const POLL_MS = 50;
/** A case that has not ended by then is taken to hang for good, and its worker is stopped. */
const HANG_MS = 10_000;
const HEAP_MIB = 1024;
const MAX_FINDINGS = 20;

/** Runs cases in a worker until the time is over. A worker that hangs or dies is replaced, and starts after the case
 * at which that happened. */
export async function fuzzOnnx(options: FuzzOptions): Promise<FuzzReport> {
  const { seconds, seed, folder, entries } = options;
  const started = performance.now();
  const end = started + seconds * 1000;
  const findings: FuzzFinding[] = [];
  const record = ({ index, what }: WorkerFinding): void => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `seed-${seed}-case-${index}.onnx`);
    writeFileSync(file, createOnnxCase(seed, index));
    findings.push({ what, file });
  };
  let executions = 0;
  for (let first = 0; performance.now() < end && findings.length < MAX_FINDINGS; ) {
    const progress = new Int32Array(new SharedArrayBuffer(12));
    await runWorker({ seed, first, entries, progress }, end, record, () => findings.length < MAX_FINDINGS);
    executions += Atomics.load(progress, 1);
    first = Atomics.load(progress, 0) + 1;
  }
  return { executions, seconds: (performance.now() - started) / 1000, findings };
}

/** Ends when the time is over, or at the first case that the worker does not survive. */
async function runWorker(
  start: WorkerStart,
  end: number,
  record: (finding: WorkerFinding) => void,
  goOn: () => boolean,
): Promise<void> {
  const { progress } = start;
  const worker = new Worker(new URL('./onnx-worker.ts', import.meta.url), {
    workerData: start,
    execArgv: ['--conditions=@inkling/source'],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
  });
  let at = start.first;
  let since = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    if (now > end || !goOn()) Atomics.store(progress, 2, 1);
    const index = Atomics.load(progress, 0);
    if (index !== at) [at, since] = [index, now];
    else if (now - since > HANG_MS) {
      since = Number.POSITIVE_INFINITY;
      record({ index, what: `still running after ${HANG_MS} ms` });
      void worker.terminate();
    }
  }, POLL_MS);
  worker.on('message', (finding: WorkerFinding | undefined) => {
    if (finding) record(finding);
  });
  worker.on('error', (error) => {
    record({ index: Atomics.load(progress, 0), what: `the worker died: ${(error as Error).stack ?? error}` });
  });
  await new Promise((resolve) => worker.once('exit', resolve));
  clearInterval(watch);
}
