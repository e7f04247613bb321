import { rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import { EnvironmentError } from '../environment-error.ts';
import { removeLeftBehind, temporaryName } from '../temporary-name.ts';

/** A DuckDB database that lives as long as a command does, in a folder of its own in the system's temp folder: tables
 * and sorts larger than its memory go there. */
export interface Database {
  /** Removed by `close`. */
  readonly folder: string;
  run(sql: string): Promise<void>;
  /** Of a small result. */
  rows(sql: string): Promise<readonly Readonly<Record<string, DuckDBValue>>[]>;
  /** Of a result of any size, in its order. Done, errors and all, before the first chunk comes.
   * @param kept where it stays for the next time. @default it is made anew each time */
  stream(sql: string, kept?: string): AsyncIterable<DuckDBDataChunk>;
  appender(table: string, types: readonly ColumnType[]): Promise<Appender>;
  close(): Promise<void>;
}

/** Adds rows to a table. */
interface Appender {
  /** @param row a value for each column; read at once */
  add(row: readonly DuckDBValue[]): void;
  /** No more are added. The table has them all only now. */
  close(): Promise<void>;
}

export type ColumnType = 'VARCHAR' | 'INTEGER' | 'FLOAT' | 'DOUBLE';

export interface DatabaseOptions {
  /** What DuckDB may hold while it works, in bytes; what it cannot do with that it may do with twice as much, as long as
   * the machine has it. Node's own memory comes on top. @default 96 MB */
  readonly memoryBytes?: number;
}

const PREFIX = 'inkling';
/** Rows of a chunk of DuckDB. Of several that are read at once V8 frees none before the last. */
const CHUNK_ROWS = 2048;
/** A column of a group of rows, 122,880 numbers, of which DuckDB writes none before it has all. */
const GROUP_BYTES = 1_000_000;
/** What DuckDB may hold between its statements: pages of a table are read one by one. */
const IDLE_BYTES = 16_000_000;

/** Removes first what killed commands left behind. @throws EnvironmentError */
export async function openDatabase({ memoryBytes = 96_000_000 }: DatabaseOptions = {}): Promise<Database> {
  // 70 MB that most commands need not load.
  const duckdb = await import('@duckdb/node-api');
  await removeLeftBehind(tmpdir(), PREFIX);
  const folder = join(tmpdir(), temporaryName(PREFIX));
  await mkdir(folder, { recursive: true });
  // Also where a command is stopped.
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  try {
    const instance = await duckdb.DuckDBInstance.create(join(folder, 'log.duckdb'), {
      memory_limit: bytes(memoryBytes),
      temp_directory: join(folder, 'spill'),
      // A second one takes as much memory again, and the encoder waits on neither.
      threads: '1',
      // Otherwise it keeps what it once needed for the next time.
      allocator_flush_threshold: '1MB',
      allocator_bulk_deallocation_flush_threshold: '1MB',
      // Everything it needs is built in: it must not ask the network for more.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    let streams = 0;
    let most = memoryBytes;
    let running = 0;
    let appended = 0;
    /** Lets it hold what the work of the moment needs. */
    const setLimit = async () => {
      const isIdle = running === 0 && appended === 0;
      await connection.run(`SET memory_limit = '${bytes(isIdle ? IDLE_BYTES : most + appended)}'`);
    };
    // What is in use cannot be given back yet.
    const giveBack = () => setLimit().catch(() => {});
    /** To merge what it sorted on disk DuckDB needs the more memory the larger a table is, and fails where it has too little. */
    const work = async <T>(statement: () => Promise<T>): Promise<T> => {
      running++;
      try {
        for (;;) {
          await setLimit();
          try {
            return await statement();
          } catch (cause) {
            if (!isTooLittle(cause) || 2 * most > process.availableMemory()) throw cause;
            most *= 2;
          }
        }
      } catch (cause) {
        return refuseOfMachine(cause);
      } finally {
        running--;
        await giveBack();
      }
    };
    return {
      folder,
      async run(sql) {
        await work(() => connection.run(sql));
      },
      async rows(sql) {
        const reader = await work(() => connection.runAndReadAll(sql));
        return reader.getRowObjects();
      },
      async *stream(sql, kept) {
        const table = kept ?? `stream${++streams}`;
        // DuckDB's own streams end without a word where they fail; a table is whole or an error.
        await work(() => connection.run(`CREATE TABLE ${kept ? 'IF NOT EXISTS ' : ''}${table} AS ${sql}`));
        try {
          for (let from = 0; ; from += CHUNK_ROWS) {
            const page = `SELECT * FROM ${table} WHERE rowid BETWEEN ${from} AND ${from + CHUNK_ROWS - 1}`;
            const result = await connection.run(page).catch(refuseOfMachine);
            if (result.rowCount === 0) return;
            yield* await result.fetchAllChunks();
          }
        } finally {
          if (!kept) await connection.run(`DROP TABLE ${table}`);
        }
      },
      async appender(table, types) {
        appended += types.length * GROUP_BYTES;
        await setLimit();
        const appender = await connection.createAppender(table);
        const duckTypes = types.map((type) => duckdb[type]);
        let columns: DuckDBValue[][] = types.map(() => []);
        const flush = () => {
          const chunk = duckdb.DuckDBDataChunk.create(duckTypes, columns[0]?.length);
          chunk.setColumns(columns);
          try {
            appender.appendDataChunk(chunk);
          } catch (cause) {
            refuseOfMachine(cause);
          }
          columns = types.map(() => []);
        };
        return {
          add(row) {
            for (const [column, value] of row.entries()) columns[column]?.push(value);
            if (columns[0]?.length === CHUNK_ROWS) flush();
          },
          async close() {
            try {
              flush();
              appender.closeSync();
            } catch (cause) {
              refuseOfMachine(cause);
            } finally {
              appended -= types.length * GROUP_BYTES;
              await giveBack();
            }
          },
        };
      },
      async close() {
        connection.closeSync();
        instance.closeSync();
        process.off('exit', remove);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (cause) {
    process.off('exit', remove);
    await rm(folder, { recursive: true, force: true });
    return refuseOfMachine(cause);
  }
}

/** A number of bytes as DuckDB has it. */
function bytes(count: number): string {
  return `${count}B`;
}

/** A text as SQL has it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as SQL has it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const REFUSALS =
  /No space left|File too large|Permission denied|Out of Memory|could not allocate|failed to offload|Could not (write|open|create)|Disk quota/i;

/** Whether more memory would help; a full disk is told as too little memory, too. */
function isTooLittle(cause: unknown): boolean {
  return /Out of Memory/.test(String(cause)) && !/offload|temp_directory|No space/.test(String(cause));
}

/** DuckDB has one class of error; what its text says of the machine becomes an EnvironmentError. */
function refuseOfMachine(cause: unknown): never {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (REFUSALS.test(text)) throw new EnvironmentError(text.split('\n')[0], { cause });
  throw cause;
}
