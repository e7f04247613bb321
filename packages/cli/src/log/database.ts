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
  /** Of a result of any size, in its order. Done, errors and all, before the first chunk comes. */
  stream(sql: string): AsyncIterable<DuckDBDataChunk>;
  appender(table: string, types: readonly ColumnType[]): Promise<Appender>;
  close(): Promise<void>;
}

/** Adds rows to a table. */
interface Appender {
  /** @param row a value for each column; read at once */
  add(row: readonly DuckDBValue[]): void;
  /** No more are added. The table has them all only now. */
  close(): void;
}

export type ColumnType = 'VARCHAR' | 'INTEGER' | 'FLOAT' | 'DOUBLE';

export interface DatabaseOptions {
  /** What DuckDB may hold; Node's own memory comes on top. @default '256MB' */
  readonly memory?: string;
}

const PREFIX = 'inkling';
/** Half of DuckDB's row group. */
const PAGE_ROWS = 61_440;
/** Rows of a chunk of DuckDB. */
const CHUNK_ROWS = 2048;

/** Removes first what killed commands left behind. @throws EnvironmentError */
export async function openDatabase({ memory = '256MB' }: DatabaseOptions = {}): Promise<Database> {
  // 70 MB that most commands need not load.
  const duckdb = await import('@duckdb/node-api');
  await removeLeftBehind(tmpdir(), PREFIX);
  const folder = join(tmpdir(), temporaryName(PREFIX));
  await mkdir(folder, { recursive: true });
  try {
    const instance = await duckdb.DuckDBInstance.create(join(folder, 'log.duckdb'), {
      memory_limit: memory,
      temp_directory: join(folder, 'spill'),
      // Everything it needs is built in: it must not ask the network for more.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    let streams = 0;
    return {
      folder,
      async run(sql) {
        await connection.run(sql).catch(refuseOfMachine);
      },
      async rows(sql) {
        const reader = await connection.runAndReadAll(sql).catch(refuseOfMachine);
        return reader.getRowObjects();
      },
      async *stream(sql) {
        const table = `stream${++streams}`;
        // DuckDB's own streams end without a word where they fail; a table is whole or an error.
        await connection.run(`CREATE TABLE ${table} AS ${sql}`).catch(refuseOfMachine);
        try {
          for (let from = 0; ; from += PAGE_ROWS) {
            const page = `SELECT * FROM ${table} WHERE rowid BETWEEN ${from} AND ${from + PAGE_ROWS - 1}`;
            const result = await connection.run(page).catch(refuseOfMachine);
            if (result.rowCount === 0) return;
            yield* await result.fetchAllChunks();
          }
        } finally {
          await connection.run(`DROP TABLE ${table}`);
        }
      },
      async appender(table, types) {
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
          close() {
            flush();
            try {
              appender.closeSync();
            } catch (cause) {
              refuseOfMachine(cause);
            }
          },
        };
      },
      async close() {
        connection.closeSync();
        instance.closeSync();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    return refuseOfMachine(cause);
  }
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
  /No space left|File too large|Permission denied|Out of Memory|failed to offload|Could not (write|open|create)|Disk quota/i;

/** DuckDB has one class of error; what its text says of the machine becomes an EnvironmentError. */
function refuseOfMachine(cause: unknown): never {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (REFUSALS.test(text)) throw new EnvironmentError(text.split('\n')[0], { cause });
  throw cause;
}
