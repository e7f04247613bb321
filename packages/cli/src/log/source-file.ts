import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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

/** Looks at a file before DuckDB does, which takes a truncated .gz for a whole one.
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
  const head = format === 'parquet' ? '' : isPacked ? await readPacked(file) : await readHead(file);
  return { file, format, isPacked, head: (head.split(/\r?\n/, 1)[0] ?? '').replace(/^\uFEFF/, '') };
}

async function readHead(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Unpacks the whole file, to nowhere but its beginning. */
async function readPacked(file: string): Promise<string> {
  let head = '';
  const sink = new PassThrough();
  sink.on('data', (part: Buffer) => {
    if (head.length < HEAD_BYTES) head += part.toString('utf8');
  });
  try {
    await pipeline(createReadStream(file), createGunzip(), sink);
  } catch (cause) {
    throw new CliError(file, '', 'a whole gzip file', cause instanceof Error ? cause.message : String(cause));
  }
  return head;
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
  return isPacked ? raw.pipe(createGunzip()) : raw;
}
