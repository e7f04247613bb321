import { join } from 'node:path';
import { InferenceSession, Tensor } from '@inkling/onnx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askWorker } from '../../engines/ask-worker.ts';
import { type ServedPage, servePage } from '../../engines/serve-page.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../../engines/visit-in.ts';
import { bitModels } from './bit-models.ts';
import { type Bits, bitsOf } from './bits-of.ts';

const models = bitModels(48);
let expected: readonly string[];
beforeAll(async () => {
  expected = (await bitsOf({ InferenceSession, Tensor }, models, { backend: 'js' })).hashes;
});

test('the JavaScript twin in Node gives the committed bits', () => {
  expect(expected.join(' ')).toMatchInlineSnapshot(
    `"2027837b 48e3a825 add1f3ae c80d4c08 8ce6b25d c7dbbdd1 122c072e 976b5a7a 066d9179 767e9e50 1494f6c5 8c28dce6 ed088e24 fb17b5ac 4f62f14c 7bb80b83 718a82a2 f24df35d 3c759fc8 ab64c6c5 0fa7883b 7808869e 324cb463 72da88ad 3113bfe9 b0dfae3a 38fedc80 9c3fdd32 f84cdab1 74278bc1 399c48b7 c62ba5d0 e4b3ab4f ec50ca71 ba53778b d180e6ca 674effe6 0a465c7c ff03834b 66298e45 bb221253 99e91ae0 c90a84c7 f3fa121c 4accf120 d1dc3217 2eee001d ee14439d"`,
  );
});

test('so do the kernels in Node', async () => {
  const bits = await bitsOf({ InferenceSession, Tensor }, models);
  expect(bits).toEqual({ backend: 'wasm', hashes: expected });
});

test('so does workerd, with its module imported at build time and without', async () => {
  const [first, second] = (await askWorker(join(import.meta.dirname, 'worker.ts'), models)) as [Bits, Bits];
  expect(first).toEqual({ backend: 'wasm', hashes: expected });
  expect(second).toEqual({ backend: 'js', hashes: expected });
});

let page: ServedPage;
beforeAll(async () => {
  page = await servePage(join(import.meta.dirname, 'page.ts'), { '/models.json': models });
});
afterAll(() => page.close());

test.for(ENGINES)('so does %s, by kernels and by twin', { timeout: 60_000 }, async ([, start], { skip }) => {
  const answer = await visitIn(start, page.url);
  if (answer === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
  expect(answer).toEqual([
    { backend: 'wasm', hashes: expected },
    { backend: 'js', hashes: expected },
  ]);
});
