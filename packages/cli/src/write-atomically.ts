import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeLeftBehind, temporaryName } from './temporary-name.ts';

/** Writes a file under a temporary name and renames it, so that nobody ever sees half of it. */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  await replaceAtomically(file, (temporary) => writeFile(temporary, content));
}

/** The same for whatever writes a file by itself. Removes what a killed process left of the same file. */
export async function replaceAtomically(
  file: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  await removeLeftBehind(folder, basename(file));
  const temporary = join(folder, temporaryName(basename(file)));
  try {
    await write(temporary);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}
