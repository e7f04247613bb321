import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Records of so many bytes are written and read together, one at least. */
const BLOCK_BYTES = 1 << 20;

export interface RecordWriter {
  /** @param record as long as the others */
  add(record: Float64Array): void;
  /** No more are added. */
  close(): void;
}

/** Writes records of numbers, one behind the other. @param size numbers of a record */
export function createRecordWriter(file: string, size: number): RecordWriter {
  const handle = openSync(file, 'wx');
  const block = new Float64Array(recordsOfBlock(size) * size);
  let filled = 0;
  const flush = () => {
    const bytes = new Uint8Array(block.buffer, 0, filled * 8);
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
    filled = 0;
  };
  return {
    add(record) {
      block.set(record, filled);
      filled += size;
      if (filled === block.length) flush();
    },
    close() {
      flush();
      closeSync(handle);
    },
  };
}

/** Visits the records as they stand in the file. What it gives is written over by later ones. */
export function eachRecord(
  file: string,
  size: number,
  visit: (record: Float64Array, place: number) => void,
): void {
  const handle = openSync(file, 'r');
  try {
    const block = new Float64Array(recordsOfBlock(size) * size);
    for (let place = 0; ; ) {
      const numbers = readNumbers(handle, block, null);
      for (let start = 0; start < numbers; start += size) visit(block.subarray(start, start + size), place++);
      if (numbers < block.length) return;
    }
  } finally {
    closeSync(handle);
  }
}

/** Writes the records of a file to another in an order. @param order their places in the first */
export function sortRecords(from: string, to: string, size: number, order: Int32Array): void {
  const writer = createRecordWriter(to, size);
  const handle = openSync(from, 'r');
  try {
    const record = new Float64Array(size);
    for (const place of order) {
      readNumbers(handle, record, place * size * 8);
      writer.add(record);
    }
  } finally {
    closeSync(handle);
    writer.close();
  }
}

function recordsOfBlock(size: number): number {
  return Math.max(1, Math.floor(BLOCK_BYTES / (8 * size)));
}

/** Fills the numbers as far as the file goes. @param position in bytes; none goes on. @returns how many */
function readNumbers(handle: number, numbers: Float64Array, position: number | null): number {
  const bytes = new Uint8Array(numbers.buffer);
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(
      handle,
      bytes,
      done,
      bytes.length - done,
      position === null ? null : position + done,
    );
    if (read === 0) break;
    done += read;
  }
  return done / 8;
}
