// Runs cases one after the other, in a process of its own because what a model does wrong may end the process. Started
// by fuzz-onnx.ts with a ChildStart as its argument.
import { openSync, writeSync } from 'node:fs';
import { createOnnxCase } from './onnx-case.ts';
import { describeFault, type OnnxEntry, runCase } from './run-case.ts';

export interface ChildStart {
  readonly seed: number;
  readonly first: number;
  readonly seconds: number;
  readonly entries: readonly string[];
  /** Where the index of the case at hand stands, in decimal; it is there whatever becomes of the process. */
  readonly progress: string;
}

/** A line of the child's standard output: what went wrong, of case `index`. */
export interface ChildFinding {
  readonly index: number;
  readonly what: string;
}

/** CPU time beyond which a case counts as hanging: wall time would measure the machine's other work. */
const SLOW_MS = 1000;
/** What one case may add to the process: the arena's 256 MiB and as much again for what waits to be collected. */
const GROWTH_KIB = 512 * 1024;
const DIGITS = 12;

const start: ChildStart = JSON.parse(process.argv[2] ?? '');
const end = performance.now() + start.seconds * 1000;
const progress = openSync(start.progress, 'w');
const modules = await Promise.all(start.entries.map((entry): Promise<OnnxEntry> => import(entry)));
for (let index = start.first; performance.now() < end; index++) {
  writeSync(progress, String(index).padStart(DIGITS), 0);
  const bytes = createOnnxCase(start.seed, index);
  for (const [i, module] of modules.entries()) {
    const cpu = process.threadCpuUsage();
    const peak = process.resourceUsage().maxRSS;
    const fault = await runCase(module, bytes, index).catch(describeFault);
    const { user, system } = process.threadCpuUsage(cpu);
    const growth = process.resourceUsage().maxRSS - peak;
    const ms = (user + system) / 1000;
    if (ms > SLOW_MS) report(index, `${start.entries[i]} took ${Math.round(ms)} ms`);
    if (growth > GROWTH_KIB) report(index, `${start.entries[i]} grew memory by ${growth >> 10} MiB`);
    if (fault) report(index, `${start.entries[i]}: ${fault}`);
  }
}

function report(index: number, what: string): void {
  const finding: ChildFinding = { index, what };
  writeSync(1, `${JSON.stringify(finding)}\n`);
}
