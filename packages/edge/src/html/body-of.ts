import type { ChunkReader, ReadChunk } from './chunk-reader.ts';
import { joinChunk } from './join-chunk.ts';
import { streamOf } from './stream-of.ts';

/** How long the whole of a page is waited for. Milliseconds. */
const WAIT_MS = 1;
/** Bytes of a page that are gathered at most. */
const MOST_BYTES = 262_144;

/**
 * What `read` gives: in one piece where all of it is at hand, which takes a third of the time of a stream; as a stream
 * where the origin is still at it. Never rejects: a stream tells of the failure after what came before.
 */
export async function bodyOf({
  read,
  cancel,
}: ChunkReader): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>> {
  const ready: Uint8Array<ArrayBuffer>[] = [];
  const next: ReturnType<ReadChunk>[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS, 'late');
  });
  try {
    for (let size = 0; size < MOST_BYTES; ) {
      next[0] = read();
      const chunk = await Promise.race([next[0], late]);
      if (chunk === 'late') break;
      if (!chunk) return joinChunk(ready);
      next.pop();
      ready.push(...chunk);
      size += chunk.reduce((length, part) => length + part.length, 0);
    }
  } catch {
    // The stream comes to it.
  } finally {
    clearTimeout(timer);
  }
  if (ready.length > 0) next.unshift(Promise.resolve(ready));
  return streamOf({ read: () => next.shift() ?? read(), cancel });
}
