import type { Chunk } from './chunk-reader.ts';
import { concatenate } from './concatenate.ts';

/** A chunk as one, mostly without a copy of its last part, which is most of a page: what comes before is written before it,
 * over bytes that stood there and are done with. */
export function joinChunk(parts: Chunk): Uint8Array<ArrayBuffer> {
  const [last = new Uint8Array()] = parts.slice(-1);
  const before = concatenate(parts.slice(0, -1));
  const start = last.byteOffset - before.length;
  if (start < 0) return concatenate([before, last]);
  const joined = new Uint8Array(last.buffer, start, before.length + last.length);
  joined.set(before);
  return joined;
}
