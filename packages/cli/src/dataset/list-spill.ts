import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { prng } from '@inkling/core';
import { type EncodedList, type EncodedLists, shuffle } from './encoded-lists.ts';

/** Encoded lists that are written to a file one by one, and then read as often as there are epochs. */
export interface ListSpill {
  /** @param list of one visitor one after the other */
  add(list: EncodedList): Promise<void>;
  /** No more are added. */
  finish(): Promise<EncodedLists>;
}

interface Block {
  readonly offset: number;
  readonly bytes: number;
}

/** Lists of about so many bytes are written and read together. */
const BLOCK_BYTES = 1 << 20;
/** Blocks whose lists are shuffled among each other: memory holds so many. */
const POOL_BLOCKS = 32;

/** Memory holds two numbers for each block. A list is, in words of four bytes: its items, its visitor's bytes, its weight;
 * the visitor; the labels; the features.
 * @param folder removed by whoever made it, with the file */
export async function createListSpill(folder: string, name: string, width: number): Promise<ListSpill> {
  const file = join(folder, `${name}.lists`);
  const handle = await open(file, 'wx');
  const blocks: Block[] = [];
  let parts: Uint8Array[] = [];
  let [offset, bytes, count, visitors] = [0, 0, 0, 0];
  let visitor: string | undefined;
  const flush = async () => {
    await writeAll(handle, parts);
    blocks.push({ offset, bytes });
    offset += bytes;
    [parts, bytes] = [[], 0];
  };
  return {
    async add(list) {
      const part = encode(list, width);
      parts.push(part);
      bytes += part.length;
      count++;
      if (list.visitor !== visitor) visitors++;
      visitor = list.visitor;
      if (bytes >= BLOCK_BYTES) await flush();
    },
    async finish() {
      if (bytes > 0) await flush();
      await handle.close();
      return {
        width,
        count,
        visitors,
        batches: (size, order) => readBatches(file, width, blocks, { size, order }),
      };
    },
  };
}

async function* readBatches(
  file: string,
  width: number,
  blocks: readonly Block[],
  { size, order }: { readonly size: number; readonly order: string },
): AsyncGenerator<readonly EncodedList[]> {
  const random = prng(order, 'order');
  const shuffled = shuffle(blocks, random);
  const handle = await open(file);
  try {
    let batch: EncodedList[] = [];
    for (let start = 0; start < shuffled.length; start += POOL_BLOCKS) {
      const pool: Place[] = [];
      for (const block of shuffled.slice(start, start + POOL_BLOCKS)) {
        addPlaces(await readBlock(handle, block), width, pool);
      }
      for (const place of shuffle(pool, random)) {
        batch.push(decode(place, width));
        if (batch.length < size) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    await handle.close();
  }
}

function encode({ visitor, features, labels, weight }: EncodedList, width: number): Uint8Array {
  const name = Buffer.from(visitor);
  const words = 3 + Math.ceil(name.length / 4) + labels.length * (1 + width);
  const buffer = new ArrayBuffer(words * 4);
  new Uint32Array(buffer, 0, 2).set([labels.length, name.length]);
  const floats = new Float32Array(buffer);
  floats[2] = weight;
  new Uint8Array(buffer).set(name, 12);
  const at = 3 + Math.ceil(name.length / 4);
  floats.set(labels, at);
  floats.set(features, at + labels.length);
  return new Uint8Array(buffer);
}

/** Where a list stands in its block: as an object it takes many times as much memory where it is short. */
interface Place {
  readonly block: ArrayBuffer;
  /** In words. */
  readonly at: number;
}

/** Adds the places of a block's lists. */
function addPlaces(block: ArrayBuffer, width: number, places: Place[]): void {
  const counts = new Uint32Array(block);
  for (let at = 0; at < counts.length; ) {
    places.push({ block, at });
    const [items, length] = [counts[at], counts[at + 1]] as [number, number];
    at += 3 + Math.ceil(length / 4) + items * (1 + width);
  }
}

/** A list whose numbers are views of its block. */
function decode({ block, at }: Place, width: number): EncodedList {
  const [items, length] = new Uint32Array(block, at * 4, 2) as unknown as [number, number];
  const labels = (at + 3) * 4 + Math.ceil(length / 4) * 4;
  return {
    visitor: Buffer.from(block, (at + 3) * 4, length).toString(),
    weight: new Float32Array(block, (at + 2) * 4, 1)[0] as number,
    labels: new Float32Array(block, labels, items),
    features: new Float32Array(block, labels + items * 4, items * width),
  };
}

async function readBlock(handle: FileHandle, { offset, bytes }: Block): Promise<ArrayBuffer> {
  const buffer = new ArrayBuffer(bytes);
  for (let done = 0; done < bytes; ) {
    const view = new Uint8Array(buffer, done);
    const { bytesRead } = await handle.read(view, 0, view.length, offset + done);
    if (bytesRead === 0) throw new Error('The file of encoded lists ended early.');
    done += bytesRead;
  }
  return buffer;
}

async function writeAll(handle: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  const content = Buffer.concat(parts);
  for (let done = 0; done < content.length; ) done += (await handle.write(content, done)).bytesWritten;
}
