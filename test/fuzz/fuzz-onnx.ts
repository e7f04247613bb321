import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createOnnxCase } from './onnx-case.ts';
import type { ChildFinding, ChildStart } from './onnx-child.ts';

export interface FuzzOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Where the bytes of findings go. */
  readonly folder: string;
}

export interface FuzzReport {
  readonly executions: number;
  readonly seconds: number;
  readonly findings: readonly FuzzFinding[];
}

interface FuzzFinding {
  readonly what: string;
  /** The case's bytes, as small as they could be made. */
  readonly file: string;
}

const CHILD = join(import.meta.dirname, 'onnx-child.ts');
const POLL_MS = 50;
/** A case that has not ended by then is taken to hang for good, and its process is stopped. */
const HANG_MS = 15_000;
const HEAP_MIB = 1024;
const MAX_FINDINGS = 20;
const LAST_WORDS = 2000;

/** Runs cases in another process until the time is over. A process that hangs or dies is replaced, and the next starts
 * after the case at which that happened. */
export async function fuzzOnnx({ seconds, seed, folder }: FuzzOptions): Promise<FuzzReport> {
  mkdirSync(folder, { recursive: true });
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  const progress = join(folder, `progress-${process.pid}`);
  const findings: FuzzFinding[] = [];
  let first = 0;
  while (elapsed() < seconds && findings.length < MAX_FINDINGS) {
    writeFileSync(progress, String(first));
    await runChild({ seed, first, seconds: seconds - elapsed(), progress }, ({ index, what, model }) => {
      const file = join(folder, `seed-${seed}-case-${index}.onnx`);
      writeFileSync(file, model ? Buffer.from(model, 'base64') : createOnnxCase(seed, index));
      findings.push({ what, file });
      return findings.length < MAX_FINDINGS;
    });
    first = at(progress) + 1;
  }
  return { executions: first, seconds: elapsed(), findings };
}

/** Ends when the time is over, at the first case that the child does not survive, or when `record` has had enough. */
async function runChild(start: ChildStart, record: (finding: ChildFinding) => boolean): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--conditions=@inkling/source', `--max-old-space-size=${HEAP_MIB}`, CHILD, JSON.stringify(start)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let lastWords = '';
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    child.kill('SIGKILL');
  };
  child.stderr.on('data', (text) => {
    lastWords = `${lastWords}${text}`.slice(0, LAST_WORDS);
  });
  createInterface(child.stdout).on('line', (line) => {
    if (!isStopped && !record(JSON.parse(line))) stop();
  });
  let index = start.first;
  let since = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    const current = at(start.progress);
    if (current !== index) [index, since] = [current, now];
    else if (now - since > HANG_MS && !isStopped) {
      stop();
      record({ index, what: `still running after ${HANG_MS} ms` });
    }
  }, POLL_MS);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0 && !isStopped) {
    record({ index: at(start.progress), what: `the process died of it\n${lastWords}` });
  }
}

function at(progress: string): number {
  return Number(readFileSync(progress, 'utf8'));
}
