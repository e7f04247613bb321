import type { Item } from '@inkling/core';
import type { Log, LogEntry } from './log.ts';
import type { Mapping } from './mapping.ts';
import { openLog } from './open-log.ts';

/** Reads a log into memory, in time order. @see openLog for one that is larger
 * @param catalog what is known of the items beside the log's own columns
 * @throws CliError naming file, line and column */
export async function readLog(
  file: string,
  mapping: Mapping,
  catalog: ReadonlyMap<string, Item> = new Map(),
): Promise<Log> {
  const opened = await openLog(file, mapping, { catalog });
  try {
    const log: LogEntry[] = [];
    for await (const entry of opened.entries('time')) log.push(entry);
    return log;
  } finally {
    await opened.close();
  }
}
