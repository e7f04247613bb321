import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildModel, type ModelSpec } from '../../../test/onnx/model-builder.ts';
import { InferenceSession } from './auto.ts';

/** Whether the module of the full entry has been run, and whether it can be had. */
const full = vi.hoisted(() => ({ imports: 0, isThere: true }));

beforeEach(() => {
  vi.resetModules();
  Object.assign(full, { imports: 0, isThere: true });
  vi.doMock('./full.ts', async (importActual) => {
    full.imports++;
    if (!full.isThere) throw new Error('offline');
    return importActual();
  });
});
afterEach(() => vi.doUnmock('./full.ts'));

const model = (op: string, more: Partial<ModelSpec> = {}): Uint8Array =>
  buildModel({
    nodes: [{ op, inputs: ['x'], outputs: ['y'] }],
    inputs: [{ name: 'x', dims: ['N'] }],
    outputs: [{ name: 'y' }],
    ...more,
  });
const x = { type: 'float32', data: Float32Array.of(-1, 4), dims: [2] };

test('a model of the base tier runs without the full one', async () => {
  const session = await InferenceSession.create(model('Relu'));
  expect(session.runSync({ x }).y?.data).toEqual(Float32Array.of(0, 4));
  expect(full.imports).toBe(0);
});

test('an operator, or a type, of the full tier brings that, and the model is fetched once', async () => {
  const double = { inputs: [{ name: 'x', type: 'float64', dims: ['N'] }] } as const;
  for (const [bytes, feed] of [
    [model('Abs'), x],
    [model('Abs', structuredClone(double) as never), { ...x, type: 'float64', data: Float64Array.of(-1, 4) }],
  ] as const) {
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return { ok: true, status: 200, arrayBuffer: async () => bytes.slice().buffer };
    };
    const session = await InferenceSession.create('/ranker.onnx', { fetch });
    expect(Array.from((session.runSync({ x: feed }).y?.data ?? []) as Float32Array)).toEqual([1, 4]);
    expect(asked).toEqual(['/ranker.onnx']);
  }
  expect(full.imports).toBe(1);
});

test('what the full tier refuses too is told as it tells it', async () => {
  await expect(InferenceSession.create(model('Det'))).rejects.toMatchObject({
    code: 'E_OPERATOR',
    place: 'Det "y"',
    expected: expect.stringContaining('Einsum'),
  });
});

test('other refusals are final', async () => {
  const limits = { nodes: 0 };
  await expect(InferenceSession.create(model('Relu'), { limits })).rejects.toMatchObject({
    code: 'E_MODEL_LIMIT',
  });
  expect(full.imports).toBe(0);
});

test('where the full tier cannot be loaded the error says so', async () => {
  full.isThere = false;
  await expect(InferenceSession.create(model('Abs'))).rejects.toMatchObject({
    code: 'E_FETCH',
    place: '@inkling/onnx/full',
  });
});
