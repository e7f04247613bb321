const READ_BYTES = 65_536;
/** After a read that did not fill what it was given: mostly the page is over then, or comes in pieces. */
const NEXT_BYTES = 8192;
/** Bytes before what is read, for what is added to a page: a moment, and some slates. */
const ROOM = 4096;

/** Bytes of a page, in parts that follow each other: so that what is put between them costs no copy of them. The memory
 * they stand in is nobody else's. */
export type Chunk = readonly Uint8Array<ArrayBuffer>[];

/** The next bytes of a page, `undefined` at its end. */
export type ReadChunk = () => Promise<Chunk | undefined>;

export interface ChunkReader {
  readonly read: ReadChunk;
  cancel(reason: unknown): Promise<void>;
}

/** Reads a stream in chunks of up to 64 KiB, each handed on as soon as it comes. */
export function readChunks(html: ReadableStream<Uint8Array<ArrayBuffer>>): ChunkReader {
  try {
    // A fifth of the time of a TransformStream in workerd, which hands out 4 KiB at a time unless asked for more.
    const reader = html.getReader({ mode: 'byob' });
    let size = READ_BYTES;
    const read = async () => {
      const { done, value } = await reader.read(new Uint8Array(new ArrayBuffer(ROOM + size), ROOM));
      if (done) return undefined;
      size = value.length < size ? NEXT_BYTES : Math.min(2 * size, READ_BYTES);
      return [value];
    };
    return { read, cancel: (reason) => reader.cancel(reason) };
  } catch {
    // Not a byte stream: some JavaScript made it.
    const reader = html.getReader();
    const read = async () => {
      const { value } = await reader.read();
      return value && [value.slice()];
    };
    return { read, cancel: (reason) => reader.cancel(reason) };
  }
}
