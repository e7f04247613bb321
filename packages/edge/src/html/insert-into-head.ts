import type { Chunk, ReadChunk } from './chunk-reader.ts';
import { concatenate } from './concatenate.ts';
import { decodeBytes } from './decode-bytes.ts';
import { headStart } from './head-start.ts';

/** A head that has not begun by then is not waited for. */
const MAX_PROLOGUE = 16_384;
/** Mostly it has begun by then. */
const PROLOGUE = 512;

/**
 * Passes HTML through, with ASCII `markup` added as the first thing in the head. Only the bytes before the head are
 * looked at; all others pass as they came, when they come.
 *
 * Why not HTMLRewriter: it parses the whole page for this one place, and where it finds markup ambiguous (a `<xmp>`
 * in a `<select>` is enough) it ends the page there.
 */
export function insertIntoHead(read: ReadChunk, markup: string): ReadChunk {
  let prologue: Chunk | undefined = [];

  return async () => {
    while (prologue) {
      const chunk = await read();
      let [first = new Uint8Array(), ...rest] = [...prologue, ...(chunk ?? [])];
      let start = headStart(decodeBytes(first.subarray(0, PROLOGUE)));
      if (start === 'more') {
        [first, rest] = [concatenate([first, ...rest]), []];
        start = headStart(decodeBytes(first.subarray(0, MAX_PROLOGUE)));
      }
      prologue = chunk && start === 'more' && first.length < MAX_PROLOGUE ? [first] : undefined;
      if (prologue || first.length === 0) continue;
      if (typeof start !== 'number') return [first, ...rest];
      return [first.subarray(0, start), new TextEncoder().encode(markup), first.subarray(start), ...rest];
    }
    return read();
  };
}
