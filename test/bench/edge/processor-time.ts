import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Of /proc's clock on Linux, in ms. */
const TICK_MS = 10;

/** The workerd that this process's miniflare has started. Linux only: what it uses is read from /proc. */
export function workerdHere(): number {
  if (!existsSync('/proc/self/stat')) throw new Error('expected Linux, whose /proc tells of a process');
  const found = readdirSync('/proc').find(
    (pid) => /^\d+$/.test(pid) && /^\d+ \(workerd\) \w (\d+)/.exec(statOf(pid))?.[1] === String(process.pid),
  );
  if (!found) throw new Error('expected a workerd of this process, found none');
  return Number(found);
}

/** Processor time that a process has had, in itself and in the kernel for it. Milliseconds. */
export function processorMs(pid: number): number {
  const fields = statOf(pid)
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function statOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
