import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { CliError } from '../cli-error.ts';

export interface TableRow {
  /** From 1, the header included. */
  readonly line: number;
  readonly cells: Readonly<Record<string, unknown>>;
}

/** Streams the rows of a .csv, .ndjson or .jsonl file, plain or .gz. @throws CliError naming the line */
export async function* readTable(file: string): AsyncGenerator<TableRow> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new CliError(file, '', 'a readable file', found ? 'a folder' : 'no such file');
  const name = file.replace(/\.gz$/, '');
  const rows = /\.(ndjson|jsonl)$/.test(name) ? readLines : /\.csv$/.test(name) ? readCsv : undefined;
  if (!rows)
    throw new CliError(file, '', 'a name ending in .csv, .ndjson or .jsonl, or one of these with .gz', name);
  const raw = createReadStream(file);
  yield* rows(file, name === file ? raw : unpack(raw));
}

async function* readCsv(file: string, source: Readable): AsyncGenerator<TableRow> {
  const parser = parse({ columns: true, bom: true, info: true, skip_empty_lines: true });
  const rows = pipeline(source, parser, () => {});
  try {
    for await (const { record, info } of rows as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      yield { line: info.lines, cells: record };
    }
  } catch (cause) {
    throw new CliError(
      file,
      '',
      'CSV with a header line',
      cause instanceof Error ? cause.message : String(cause),
    );
  }
}

async function* readLines(file: string, source: Readable): AsyncGenerator<TableRow> {
  let line = 0;
  const lines = createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const text of lines) {
      line++;
      if (text.trim() !== '') yield { line, cells: parseLine(file, line, text) };
    }
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError(
      file,
      `line ${line + 1}`,
      'readable text',
      cause instanceof Error ? cause.message : String(cause),
    );
  }
}

function parseLine(file: string, line: number, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below, with the line.
  }
  throw new CliError(file, `line ${line}`, 'a JSON object', text.slice(0, 60));
}

function unpack(raw: Readable): Readable {
  return pipeline(raw, createGunzip(), () => {});
}
