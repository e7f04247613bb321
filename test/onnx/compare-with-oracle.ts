import { InferenceSession, type Tensor, type TensorLike } from '@inkling/onnx';
import { InferenceSession as OracleSession, Tensor as OracleTensor } from 'onnxruntime-node';
import { expect } from 'vitest';
import { buildModel, type ModelSpec } from './model-builder.ts';

/** What is fed, by name. */
export type Feeds = Record<string, Tensor>;

/** Both engines run the model; every output must agree in type, shape and, to a rounding or so, value. */
export async function compareWithOracle(spec: ModelSpec, feeds: Feeds): Promise<void> {
  const model = buildModel(spec);
  const theirs = await OracleSession.create(model, { logSeverityLevel: 3 });
  const expected = await theirs.run(
    Object.fromEntries(
      Object.entries(feeds).map(([name, t]) => [name, new OracleTensor(t.type, t.data, t.dims)]),
    ),
  );
  await theirs.release();
  const ours = await InferenceSession.create(model);
  expect(ours.inputNames).toEqual(theirs.inputNames);
  expect(ours.outputNames).toEqual(theirs.outputNames);
  const found = await ours.run(feeds);
  for (const name of theirs.outputNames) expectClose(found[name] as Tensor, expected[name] as TensorLike);
}

function expectClose(found: TensorLike, expected: TensorLike): void {
  expect(found.type).toBe(expected.type);
  expect(found.dims).toEqual(expected.dims);
  if (found.type !== 'float32') {
    expect(Array.from(found.data as Int32Array)).toEqual(Array.from(expected.data as Int32Array));
    return;
  }
  const [a, b] = [
    Array.from(found.data as Float32Array, Number),
    Array.from(expected.data as Float32Array, Number),
  ];
  const far = a.findIndex(
    (x, i) => !Object.is(x, b[i]) && !(Math.abs(x - Number(b[i])) <= 2e-6 + 1e-5 * Math.abs(Number(b[i]))),
  );
  expect(far < 0 ? null : { at: far, found: a[far], expected: b[far] }).toBeNull();
}
