import { type DatabaseOptions, openDatabase, quoted } from './database.ts';
import { openTableSource } from './table-source.ts';

export interface TableRow {
  /** From 1, the header included, where every row is one line; cells of several lines and empty lines count as none. */
  readonly line: number;
  /** Text, empty where there is none; lists are joined by |. */
  readonly cells: Readonly<Record<string, string>>;
}

/** Streams the rows of a .csv, .tsv, .ndjson or .jsonl file, plain or .gz, or of a .parquet file.
 * @throws CliError naming the line where that is known */
export async function* readTable(file: string, options?: DatabaseOptions): AsyncGenerator<TableRow> {
  const database = await openDatabase(options);
  try {
    const source = await openTableSource(database, file);
    const { columns } = source;
    // A file without a key has no rows either.
    if (columns.length === 0) return;
    const list = columns.map((name) => `coalesce(${source.text(name)}, '') AS ${quoted(name)}`);
    let line = Number(/\.[ct]sv(\.gz)?$/.test(file));
    try {
      for await (const chunk of database.stream(`SELECT ${list.join(', ')} FROM ${source.from}`)) {
        for (const cells of chunk.getRowObjects(columns)) {
          // Every column is a text, and none is NULL.
          yield { line: ++line, cells: cells as Record<string, string> };
        }
      }
    } catch (cause) {
      await source.refuse(cause);
    }
  } finally {
    await database.close();
  }
}
