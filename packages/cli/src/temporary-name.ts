import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const host = encodeURIComponent(hostname()).replaceAll('.', '_');

/** A name that says which process it belongs to: `PREFIX.HOST.PID.RANDOM.tmp`. */
export function temporaryName(prefix: string): string {
  return `${prefix}.${host}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
}

/** Removes from a folder what processes of this machine left under `temporaryName(prefix)` when they were killed. */
export async function removeLeftBehind(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${prefix}.${host}.`) || !name.endsWith('.tmp')) continue;
    const pid = Number(name.slice(`${prefix}.${host}.`.length).split('.')[0]);
    if (pid > 0 && !isRunning(pid)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
