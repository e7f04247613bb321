import { readFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { CliError } from '../cli-error.ts';
import { writeAtomically } from '../write-atomically.ts';

/** Keeps where training stands, so that another run can go on from there. */
export interface Checkpoint<State> {
  read(): Promise<State | undefined>;
  write(state: State): Promise<void>;
}

interface Kept<State> {
  readonly key: string;
  readonly state: State;
}

/** Keeps where training stands in a file, written whole after each epoch.
 * @param key what the state depends on: data, spec and options. Of another one it cannot go on
 * @param isResuming whether to go on from what the file holds, where there is one */
export function fileCheckpoint<State>(file: string, key: string, isResuming: boolean): Checkpoint<State> {
  return {
    async read() {
      if (!isResuming) return undefined;
      const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') return undefined;
        throw cause;
      });
      if (!bytes) return undefined;
      const kept = decode<State>(bytes);
      if (kept?.key === key) return kept.state;
      const found = kept ? 'that of another training' : 'something else';
      throw new CliError(file, '', 'the checkpoint of this log, spec and these options', found);
    },
    write: (state) => writeAtomically(file, serialize({ key, state } satisfies Kept<State>)),
  };
}

/** Where a member, from 1, of several networks keeps its state. */
export function memberFile(file: string, member: number): string {
  return member === 1 ? file : `${file}.${member}`;
}

function decode<State>(bytes: Uint8Array): Kept<State> | undefined {
  try {
    // Only this file writes what has a key.
    return deserialize(bytes) as Kept<State>;
  } catch {
    return undefined;
  }
}
