import type { ChunkReader } from './chunk-reader.ts';
import { joinChunk } from './join-chunk.ts';

/** The stream of what `read` gives. */
export function streamOf({ read, cancel }: ChunkReader): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const chunk = await read();
      if (chunk) controller.enqueue(joinChunk(chunk));
      else controller.close();
    },
    cancel,
  });
}
