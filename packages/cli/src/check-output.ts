import { stat } from 'node:fs/promises';
import { CliError } from './cli-error.ts';

/** Asked before the work begins: it may take long. @throws CliError where the name is that of a folder, or has another
 * ending than the file's */
export async function checkOutputFile(file: string, ending?: string): Promise<void> {
  if (ending !== undefined && !file.endsWith(ending)) {
    throw new CliError(file, '', `a name ending in ${ending}`, file);
  }
  if ((await found(file))?.isDirectory()) throw new CliError(file, '', 'the name of a file', 'a folder');
}

/** @throws CliError where the name is that of a file */
export async function checkOutputFolder(folder: string): Promise<void> {
  if ((await found(folder))?.isDirectory() === false) {
    throw new CliError(folder, '', 'a folder, or a name for a new one', 'a file');
  }
}

function found(path: string) {
  return stat(path).catch(() => undefined);
}
