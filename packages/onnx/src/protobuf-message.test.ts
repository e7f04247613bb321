import { expect, test } from 'vitest';
import { MAX_FIELDS } from './limits.ts';
import { OnnxError } from './onnx-error.ts';
import { readBytes, readFloats, readIntegers, readMessage, readText } from './protobuf-message.ts';

function outcome(
  bytes: ArrayLike<number>,
  use: (message: ReturnType<typeof readMessage>) => unknown = () => 'read',
): unknown {
  try {
    return use(readMessage(Uint8Array.from(bytes)));
  } catch (error) {
    return error instanceof OnnxError ? error.code : error;
  }
}

test('integers are read packed and not, to the 64th bit', () => {
  const minusOne = [255, 255, 255, 255, 255, 255, 255, 255, 255, 1];
  const message = readMessage(Uint8Array.of(8, 5, 8, 0xac, 0x02, 10, 3, 1, 0x80, 0x01, 8, ...minusOne));
  expect(message(1, readIntegers)).toEqual([5, 300, 1, 128, -1n]);
  const largest = readMessage(Uint8Array.of(8, 255, 255, 255, 255, 255, 255, 255, 255, 127));
  expect(largest(1, readIntegers)).toEqual([2n ** 63n - 1n]);
});

test('floats are read packed and not', () => {
  const [a, b] = [new Uint8Array(Float32Array.of(1.5).buffer), new Uint8Array(Float32Array.of(-2, 3).buffer)];
  expect(readMessage(Uint8Array.of(13, ...a, 10, 8, ...b))(1, readFloats)).toEqual([1.5, -2, 3]);
});

test('text and messages are read in order, and what is absent is empty', () => {
  const message = readMessage(Uint8Array.of(10, 1, 97, 18, 2, 8, 7, 10, 2, 0xc3, 0xa9));
  expect(message(1, readText)).toEqual(['a', 'é']);
  expect(message(2, readMessage).flatMap((inner) => inner(1, Number))).toEqual([7]);
  expect(message(3, readBytes)).toEqual([]);
});

test('text where a number is, and half a float, throw', () => {
  expect(() => readMessage(Uint8Array.of(8, 97))(1, readText)).toThrow(TypeError);
  expect(() => readMessage(Uint8Array.of(10, 3, 0, 0, 0))(1, readFloats)).toThrow(RangeError);
  expect(readMessage(97)(1, readText)).toEqual([]);
});

test.each([
  ['a key cut off', [128]],
  ['a value cut off', [8]],
  ['an eleven-byte varint', [8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
  ['a length beyond the end', [10, 5, 1]],
  ['a length beyond the end of memory', [10, 255, 255, 255, 255, 255, 255, 255, 127]],
  ['a negative length', [10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
  ['a fixed32 cut off', [13, 0, 0, 0]],
  ['a fixed64 cut off', [9, 0, 0, 0]],
  ['a group', [11, 12]],
  ['wire type 6', [14, 1]],
  ['wire type 7', [15, 1]],
])('%s is E_MODEL_FORMAT', (_, bytes) => {
  expect(outcome(bytes)).toBe('E_MODEL_FORMAT');
});

test('a packed varint that is cut off is E_MODEL_FORMAT', () => {
  expect(outcome([10, 2, 1, 128], (message) => message(1, readIntegers))).toBe('E_MODEL_FORMAT');
});

test('more fields than the limit are E_MODEL_FORMAT', () => {
  expect(outcome(new Uint8Array(2 * MAX_FIELDS).fill(8))).toBe('read');
  expect(outcome(new Uint8Array(2 * MAX_FIELDS + 2).fill(8))).toBe('E_MODEL_FORMAT');
});
