import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type EncoderVectors, runEncoderVectors } from '../vectors/run-encoder-vectors.ts';

const read = (name: string): EncoderVectors =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../vectors', name), 'utf8'));

test('the encoder gives the committed bits', () => {
  const vectors = read('encoder.json');
  expect(vectors.cases).toHaveLength(12);
  expect(runEncoderVectors(vectors)).toEqual([]);
});

test('a spec of format 1 gives the bits that it gave before there was another format', () => {
  const vectors = read('encoder-format-1.json');
  expect(vectors.cases).toHaveLength(15);
  expect(runEncoderVectors(vectors)).toEqual([]);
});

test('a difference is told by its case and row', () => {
  const { cases, ...vectors } = read('encoder.json');
  const [first] = cases as [(typeof cases)[number]];
  const changed = [{ ...first, rows: ['0', ...first.rows.slice(1)] }];
  expect(runEncoderVectors({ ...vectors, cases: changed })).toEqual([
    expect.stringMatching(/^every, nothing known, row 0: expected 0, found 0 0 3f800000/),
  ]);
});
