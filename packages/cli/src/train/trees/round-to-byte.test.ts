import { expect, test } from 'vitest';
import { roundToByte } from './round-to-byte.ts';

test.each([1e-30, 0.003, 0.1, 1, 2.7, 255, 1e6, 1e30])('%d keeps 8 significant bits', (value) => {
  for (const signed of [value, -value]) {
    const rounded = roundToByte(signed);
    expect(Math.abs(rounded / signed - 1)).toBeLessThanOrEqual(2 ** -8);
    const [bits] = new Uint32Array(Float32Array.of(rounded).buffer);
    expect((bits as number) & 0xffff).toBe(0);
    expect(Math.fround(rounded)).toBe(rounded);
  }
});

test('what needs no more stays as it is', () => {
  for (const value of [0, 0.5, 6.5, -255, Number.POSITIVE_INFINITY]) expect(roundToByte(value)).toBe(value);
});
