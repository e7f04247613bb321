import { readFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { CliError } from '../cli-error.ts';
import { writeAtomically } from '../write-atomically.ts';
import type { Checkpoint, TrainingState } from './train-network.ts';

interface Kept {
  readonly key: string;
  readonly state: TrainingState;
}

/** Keeps where training stands in a file, written whole after each epoch.
 * @param key what the state depends on: data, spec and options. Of another one it cannot go on
 * @param isResuming whether to go on from what the file holds, where there is one */
export function fileCheckpoint(file: string, key: string, isResuming: boolean): Checkpoint {
  return {
    async read() {
      if (!isResuming) return undefined;
      const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') return undefined;
        throw cause;
      });
      if (!bytes) return undefined;
      const kept = decode(bytes);
      if (kept?.key === key) return kept.state;
      const found = kept ? 'that of another training' : 'something else';
      throw new CliError(file, '', 'the checkpoint of this log, spec and these options', found);
    },
    write: (state) => writeAtomically(file, serialize({ key, state } satisfies Kept)),
  };
}

function decode(bytes: Uint8Array): Kept | undefined {
  try {
    // Only this file writes what has a key.
    return deserialize(bytes) as Kept;
  } catch {
    return undefined;
  }
}
