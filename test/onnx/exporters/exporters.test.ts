import { InferenceSession, OnnxError, Tensor } from '@inkling/onnx';
import { InferenceSession as FullSession } from '@inkling/onnx/full';
import { inspect } from '@inkling/onnx/inspect';
import { InferenceSession as OracleSession, Tensor as OracleTensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { buildModel } from '../model-builder.ts';
import { createFeeds, type Feed } from './create-feeds.ts';
import { exportedModels } from './exported-models.ts';
import { zippedClassifier } from './tree-ensembles.ts';

interface Result {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<unknown>;
}
type Results = Readonly<Record<string, Result>>;

async function runOracle(bytes: Uint8Array, feeds: readonly Feed[]): Promise<Results> {
  const session = await OracleSession.create(bytes, { logSeverityLevel: 3 });
  const results = await session.run(
    Object.fromEntries(feeds.map(({ name, type, data, dims }) => [name, new OracleTensor(type, data, dims)])),
  );
  await session.release();
  return results as unknown as Results;
}

/** Floats within the roundings of another order of summing; anything else exactly. */
function isClose(found: unknown, expected: unknown): boolean {
  if (typeof found !== 'number' || typeof expected !== 'number') return found === expected;
  return Object.is(found, expected) || Math.abs(found - expected) <= 1e-5 + 1e-4 * Math.abs(expected);
}

test.each(exportedModels.map((model) => [model.name, model] as const))(
  '%s gives what onnxruntime gives',
  async (_, { spec, feeds }) => {
    const bytes = buildModel(spec);
    const given = createFeeds(feeds);
    const expected = await runOracle(bytes, given);
    const { tier } = inspect(bytes);
    expect(tier).not.toBe('ort');
    const session = await (tier === 'mlp' ? InferenceSession : FullSession).create(bytes);
    const tensors = Object.fromEntries(
      given.map(({ name, type, data, dims }) => [name, new Tensor(type, data as never, dims)]),
    );
    for (const run of ['first', 'second']) {
      const found = session.runSync(tensors) as Results;
      for (const { name } of spec.outputs) {
        const [a, b] = [found[name], expected[name]];
        expect([run, name, a?.type, a?.dims]).toEqual([run, name, b?.type, b?.dims]);
        const values = Array.from(b?.data ?? []);
        const far = values.findIndex((value, i) => !isClose(a?.data[i], value));
        expect(far < 0 ? null : { name, far, found: a?.data[far], expected: values[far] }).toBeNull();
        expect(values.length).toBeGreaterThan(0);
      }
    }
  },
);

test('a ZipMap is refused with a hint', async () => {
  const bytes = buildModel(zippedClassifier.spec);
  expect(inspect(bytes)).toMatchObject({ tier: 'ort', forcedBy: ['ai.onnx.ml.ZipMap'] });
  const error = await FullSession.create(bytes).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OnnxError);
  expect(error).toMatchObject({ code: 'E_OPERATOR' });
  expect((error as Error).message).toMatch(/ZipMap.*zipmap/is);
});
