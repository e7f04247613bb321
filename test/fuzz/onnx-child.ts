// Runs cases one after the other, in a process of its own because what a model does wrong may end the process. Started
// by fuzz-onnx.ts with a ChildStart as its argument.
import { openSync, writeSync } from 'node:fs';
import { InferenceSession, OnnxError } from '@inkling/onnx';
import { InferenceSession as FullSession } from '@inkling/onnx/full';
import { createLeanSession } from '@inkling/onnx/lean';
import { createCaseOptions } from './case-options.ts';
import { checkCase, type Measure, type NamedEntry } from './check-case.ts';
import { watchKernelMemory } from './kernel-memory.ts';
import { createOnnxCase } from './onnx-case.ts';
import { shrink } from './shrink.ts';

export interface ChildStart {
  readonly seed: number;
  readonly first: number;
  readonly seconds: number;
  /** Where the index of the case at hand stands, in decimal; it is there whatever becomes of the process. */
  readonly progress: string;
}

/** A line of the child's standard output: what went wrong, of case `index`. */
export interface ChildFinding {
  readonly index: number;
  readonly what: string;
  /** The smallest model found of which the same is true, in base64. */
  readonly model?: string;
}

/** Less than a case is given before it is taken to hang. */
const SHRINK_MS = 4000;
const DIGITS = 12;

const ENTRIES: readonly NamedEntry[] = [
  { name: 'lean', create: async (model, options) => createLeanSession(model, options), OnnxError },
  { name: 'mlp', create: InferenceSession.create, OnnxError },
  { name: 'full', create: FullSession.create, OnnxError },
];

const kernelBytes = watchKernelMemory();
const measure: Measure = async (work) => {
  kernelBytes();
  const cpu = process.threadCpuUsage();
  const peak = process.resourceUsage().maxRSS;
  const result = await work();
  const { user, system } = process.threadCpuUsage(cpu);
  const grownKib = process.resourceUsage().maxRSS - peak;
  return [result, { ms: (user + system) / 1000, grownKib, kernelBytes: kernelBytes() }];
};

/** What a fault is about, whatever the numbers in it. */
const kindOf = (fault: string): string => fault.replace(/\d+|\n.*/gs, '');

const start: ChildStart = JSON.parse(process.argv[2] ?? '');
const end = performance.now() + start.seconds * 1000;
const progress = openSync(start.progress, 'w');
for (let index = start.first; performance.now() < end; index++) {
  writeSync(progress, String(index).padStart(DIGITS), 0);
  const options = createCaseOptions(start.seed, index);
  const check = (model: Uint8Array): Promise<string[]> => checkCase(ENTRIES, model, index, options, measure);
  const model = createOnnxCase(start.seed, index);
  const faults = await check(model);
  const [fault] = faults;
  if (fault === undefined) continue;
  const kind = kindOf(fault);
  const fails = async (bytes: Uint8Array): Promise<boolean> =>
    (await check(bytes)).some((other) => kindOf(other) === kind);
  const limit = performance.now() + SHRINK_MS;
  const least = await shrink(model, fails, () => performance.now() > limit);
  const finding: ChildFinding = {
    index,
    what: `${faults.join('\n')}\n(${model.length} bytes, shrunk to ${least.length})`,
    model: Buffer.from(least).toString('base64'),
  };
  writeSync(1, `${JSON.stringify(finding)}\n`);
}
