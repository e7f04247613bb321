import { MAX_FIELDS } from './limits.ts';
import { fail } from './onnx-error.ts';

/** What a field holds: a varint, or the bytes of anything else. */
export type Content = number | bigint | Uint8Array;

/** The contents of a field, each as `read` takes it; a list it returns becomes part of the result. */
export type Message = <T>(field: number, read: (content: Content) => T | readonly T[]) => T[];

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** Declared here because the package is written for every host at once: browsers, workers, Node. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

/** Reads one message. It does not descend by itself, so nesting is as deep as ONNX and no deeper, whatever the bytes
 * say. A reader throws where the content is not of its kind. */
export function readMessage(content: Content): Message {
  const bytes = content as Uint8Array; // a number has no length, and gives no fields
  const fields: Content[][] = [];
  let count = 0;
  for (const cursor = { bytes, at: 0 }; cursor.at < bytes.length; ) {
    const key = Number(readVarint(cursor));
    const wire = key % 8;
    // Wire types 3 and 4, groups, are not in ONNX; 6 and 7 do not exist.
    const size = wire === 2 ? Number(readVarint(cursor)) : wire === 5 ? 4 : wire === 1 ? 8 : wire && -1;
    const { at } = cursor;
    cursor.at += size;
    if (size < 0 || cursor.at > bytes.length || count++ === MAX_FIELDS) malformed(at);
    const field = (key - wire) / 8;
    const contents = fields[field] ?? [];
    fields[field] = contents;
    contents.push(wire ? bytes.subarray(at, cursor.at) : readVarint(cursor));
  }
  return (field, read) => fields[field]?.flatMap(read) ?? [];
}

export function readBytes(content: Content): Uint8Array {
  return content as Uint8Array; // as with every reader of bytes, a number makes the use of it throw
}

export function readText(content: Content): string {
  return new TextDecoder().decode(content as Uint8Array);
}

/** Packed or not. */
export function readFloats(content: Content): number[] {
  return Array.from(new Float32Array((content as Uint8Array).slice().buffer));
}

/** Packed or not. */
export function readIntegers(content: Content): number | bigint | (number | bigint)[] {
  if (!(content instanceof Uint8Array)) return content;
  const result = [];
  for (const cursor = { bytes: content, at: 0 }; cursor.at < content.length; )
    result.push(readVarint(cursor));
  return result;
}

/** A number as long as it is small, without bigints, since models are full of these. */
function readVarint(cursor: Cursor): number | bigint {
  const { bytes, at } = cursor;
  let value = 0;
  for (let scale = 1; cursor.at < at + 10; scale *= 128) {
    const byte = bytes[cursor.at++] ?? malformed(cursor.at);
    value += (byte & 127) * scale;
    if (byte < 128) {
      return scale < 2 ** 49
        ? value
        : BigInt.asIntN(
            64,
            bytes.subarray(at, cursor.at).reduceRight((sum, b) => (sum << 7n) | BigInt(b & 127), 0n),
          );
    }
  }
  return malformed(cursor.at);
}

function malformed(at: number): never {
  fail('E_MODEL_FORMAT', `protobuf of up to ${MAX_FIELDS} fields at byte ${at}`);
}
