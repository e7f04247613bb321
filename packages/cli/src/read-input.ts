import { readFile } from 'node:fs/promises';
import { CliError } from './cli-error.ts';

/** @throws CliError where no file is there; what the machine refuses stays as it is */
export async function readInput(file: string): Promise<Buffer<ArrayBuffer>> {
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const found = { ENOENT: 'no such file', ENOTDIR: 'no such file', EISDIR: 'a folder' }[cause.code ?? ''];
    throw found ? new CliError(file, '', 'a readable file', found) : cause;
  });
}
