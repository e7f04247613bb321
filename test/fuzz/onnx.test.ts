import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuzzOnnx } from './fuzz-onnx.ts';

const SECONDS = 20;
const SEED = 1;

test('damaged and made-up models stop at an OnnxError, in time and within their limits', async () => {
  const { executions, findings } = await fuzzOnnx({
    seconds: SECONDS,
    seed: SEED,
    folder: join(tmpdir(), 'inkling-fuzz'),
  });
  expect(findings, `seed ${SEED}`).toEqual([]);
  expect(executions).toBeGreaterThan(100);
}, 90_000);
