import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CliError } from '../cli-error.ts';

type FileFormat = 'csv' | 'tsv' | 'ndjson' | 'parquet';

export interface SourceFile {
  readonly file: string;
  readonly format: FileFormat;
  readonly isPacked: boolean;
  /** The first line of a text file. */
  readonly head: string;
}

const ENDINGS = '.csv, .tsv, .ndjson, .jsonl, one of these with .gz, or .parquet';
/** A header is no longer than this. */
const HEAD_BYTES = 1 << 20;

/** Bytes of the longest row of a text file. DuckDB reads a CSV in pieces of sixteen times as many. */
export const LONGEST_ROW = 2_097_152;

/** Looks at a file before DuckDB does, which takes a truncated .gz for a whole one, and drops without a word a row that is
 * longer than the pieces it reads.
 * @throws CliError */
export async function openSourceFile(file: string): Promise<SourceFile> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new CliError(file, '', 'a readable file', found ? 'a folder' : 'no such file');
  const [, ending = '', gz] = /\.(csv|tsv|ndjson|jsonl|parquet)(\.gz)?$/.exec(file) ?? [];
  if (ending === '' || (ending === 'parquet' && gz)) {
    throw new CliError(file, '', `a name ending in ${ENDINGS}`, file);
  }
  const isPacked = gz !== undefined;
  const format = ending === 'jsonl' ? 'ndjson' : (ending as FileFormat);
  if (format === 'parquet') return { file, format, isPacked, head: '' };
  const text = await inspect(file, isPacked, format !== 'ndjson');
  return { file, format, isPacked, head: (text.split(/\r?\n/, 1)[0] ?? '').replace(/^\uFEFF/, '') };
}

/** Reads all of a text file. @returns its beginning */
async function inspect(file: string, isPacked: boolean, hasQuotes: boolean): Promise<string> {
  const head: Buffer[] = [];
  let [line, start, length] = [1, 1, 0];
  let isQuoted = false;
  try {
    for await (const part of contentOf(file, isPacked) as AsyncIterable<Buffer>) {
      if (head.length * part.length < HEAD_BYTES) head.push(part);
      for (let at = 0; at < part.length; at++) {
        const byte = part[at];
        if (byte === 0x22 && hasQuotes) isQuoted = !isQuoted;
        if (byte === 0x0a) line++;
        if (byte === 0x0a && !isQuoted) [start, length] = [line, 0];
        else if (++length > LONGEST_ROW) {
          throw new CliError(file, `line ${start}`, `rows of at most ${LONGEST_ROW} bytes`, 'a longer one');
        }
      }
    }
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (!code.startsWith('Z_')) throw cause;
    throw new CliError(file, '', 'a whole gzip file', message);
  }
  return Buffer.concat(head).toString('utf8');
}

/** The line on which a row stands: of a CSV cells may hold lines, and lines may be empty. */
export async function lineOf({ file, format, isPacked }: SourceFile, row: number): Promise<number> {
  const hasQuotes = format !== 'ndjson';
  let rowsLeft = row + Number(hasQuotes);
  let line = 1;
  let isQuoted = false;
  let isEmpty = true;
  for await (const part of contentOf(file, isPacked) as AsyncIterable<Buffer>) {
    for (const byte of part) {
      if (byte === 0x0a) {
        line++;
        if (!isQuoted) isEmpty = true;
      } else if (byte !== 0x0d) {
        if (isEmpty && rowsLeft-- === 0) return line;
        isEmpty = false;
        if (hasQuotes && byte === 0x22) isQuoted = !isQuoted;
      }
    }
  }
  return line;
}

/** The first line of NDJSON that is no object, which DuckDB counts wrongly. */
export async function brokenLineOf({ file, isPacked }: SourceFile): Promise<{ line: number; text: string }> {
  let line = 0;
  for await (const text of createInterface({ input: contentOf(file, isPacked), crlfDelay: Infinity })) {
    line++;
    if (text.trim() !== '' && !isObject(text)) return { line, text };
  }
  return { line, text: '' };
}

function isObject(text: string): boolean {
  try {
    return /^\s*\{/.test(text) && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function contentOf(file: string, isPacked: boolean): Readable {
  const raw = createReadStream(file);
  // The iterator throws what either of the two refuses.
  return isPacked ? pipeline(raw, createGunzip(), () => {}) : raw;
}
