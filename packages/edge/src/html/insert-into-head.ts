import type { ReadChunk } from './chunk-reader.ts';
import { concatenate } from './concatenate.ts';
import { headStart } from './head-start.ts';

/** A head that has not begun by then is not waited for. */
const MAX_PROLOGUE = 16_384;

/**
 * Passes HTML through, with ASCII `markup` added as the first thing in the head. Only the bytes before the head are
 * looked at; all others pass as they came, when they come.
 *
 * Why not HTMLRewriter: it parses the whole page for this one place, and where it finds markup ambiguous (a `<xmp>`
 * in a `<select>` is enough) it ends the page there.
 */
export function insertIntoHead(read: ReadChunk, markup: string): ReadChunk {
  let prologue: Uint8Array | undefined = new Uint8Array();

  return async () => {
    while (prologue) {
      const chunk = await read();
      const bytes: Uint8Array = chunk ? concatenate(prologue, chunk) : prologue;
      const start = headStart(new TextDecoder('latin1').decode(bytes.subarray(0, MAX_PROLOGUE)));
      prologue = chunk && start === 'more' && bytes.length < MAX_PROLOGUE ? bytes : undefined;
      if (prologue || bytes.length === 0) continue;
      if (typeof start !== 'number') return bytes;
      return concatenate(bytes.subarray(0, start), new TextEncoder().encode(markup), bytes.subarray(start));
    }
    return read();
  };
}
