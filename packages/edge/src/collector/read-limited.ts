/** The body's bytes, or undefined where there are more than `maxBytes`: the rest is not read then. Nothing is taken on
 * trust: a length may be declared wrong, or not at all. */
export async function readLimited(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const read = new Uint8Array(maxBytes);
  let length = 0;
  const reader = body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    if (length + value.length > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    read.set(value, length);
    length += value.length;
  }
  return read.subarray(0, length);
}
