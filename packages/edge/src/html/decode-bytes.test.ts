import { expect, test } from 'vitest';
import { decodeBytes } from './decode-bytes.ts';

const ascii = 'a page '.repeat(1000);

test.each<[string, readonly number[]]>([
  ['nothing', []],
  ['ASCII', Array.from({ length: 128 }, (_, byte) => byte)],
  ['every byte', Array.from({ length: 256 }, (_, byte) => byte)],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 60]],
  ['UTF-8', [...Buffer.from('Grüße 🌧')]],
  ['UTF-8 late in it', [...Buffer.from(`${ascii}“Grüße”`)]],
  ['no UTF-8 late in it', [...Buffer.from(ascii), 0xff, 60]],
  ['UTF-8 that is cut off', [...Buffer.from(ascii), 0xe2, 0x82]],
])('%s is one character per byte', (_, bytes) => {
  const text = decodeBytes(Uint8Array.from(bytes));
  expect(text.length).toBe(bytes.length);
  // What is ASCII is itself; of all others only each has to be one of its own.
  for (const [at, byte] of bytes.entries()) if (byte < 128) expect(text.charCodeAt(at)).toBe(byte);
  expect(new Set(text).size).toBe(new Set(bytes).size);
});
