import { expect, test } from 'vitest';
import { joinChunk } from './join-chunk.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test.each([0, 1, 5, 40])('the parts follow each other, with room of %d bytes', (room) => {
  const memory = bytesOf(`${'.'.repeat(room)}one two three four`);
  const at = (from: number, to: number) => memory.subarray(room + from, room + to);
  // Out of order, and more than there was.
  const joined = joinChunk([at(4, 8), bytesOf('<new>'), at(0, 4), at(8, 13)]);
  expect(textOf(joined)).toBe('two <new>one three');
  // What has not gone out yet stays.
  expect(textOf(memory.subarray(room + 13))).toBe(' four');
});

test('the last part is not copied where there is room', () => {
  const memory = bytesOf('........page');
  expect(joinChunk([bytesOf('<i>'), memory.subarray(8)]).buffer).toBe(memory.buffer);
});

test.each([[[]], [['one']], [['', 'one']], [['one', '']]])('%j', (parts) => {
  expect(textOf(joinChunk(parts.map(bytesOf)))).toBe(parts.join(''));
});
