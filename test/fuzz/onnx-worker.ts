import { parentPort, workerData } from 'node:worker_threads';
import { createOnnxCase } from './onnx-case.ts';
import { describeFault, type OnnxEntry, runCase } from './run-case.ts';

/** What the worker starts from. */
export interface WorkerStart {
  readonly seed: number;
  readonly first: number;
  readonly entries: readonly string[];
  /** Index of the case at hand, and how many are done; the parent reads them whatever the worker does. */
  readonly progress: Int32Array;
}

/** What went wrong, of case `index`. */
export interface WorkerFinding {
  readonly index: number;
  readonly what: string;
}

/** Thread CPU time beyond which a case counts as hanging: wall time would measure the machine's other work. */
const SLOW_MS = 1000;
/** What one case may add to the process: the arena's 256 MiB and as much again for what waits to be collected. */
const GROWTH_KIB = 512 * 1024;

const { seed, first, entries, progress } = workerData as WorkerStart;
const modules = await Promise.all(entries.map((entry): Promise<OnnxEntry> => import(entry)));
for (let index = first; Atomics.load(progress, 2) === 0; index++) {
  Atomics.store(progress, 0, index);
  const bytes = createOnnxCase(seed, index);
  for (const [i, module] of modules.entries()) {
    const before = { cpu: process.threadCpuUsage(), rss: process.resourceUsage().maxRSS };
    const fault = await runCase(module, bytes, index).catch(describeFault);
    const { user, system } = process.threadCpuUsage(before.cpu);
    const growth = process.resourceUsage().maxRSS - before.rss;
    const ms = (user + system) / 1000;
    if (ms > SLOW_MS) report(index, `${entries[i]} took ${Math.round(ms)} ms`);
    if (growth > GROWTH_KIB) report(index, `${entries[i]} grew memory by ${growth >> 10} MiB`);
    if (fault) report(index, `${entries[i]}: ${fault}`);
  }
  Atomics.add(progress, 1, 1);
}
parentPort?.postMessage(undefined);

function report(index: number, what: string): void {
  const finding: WorkerFinding = { index, what };
  parentPort?.postMessage(finding);
}
