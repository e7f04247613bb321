import { InferenceSession as OwnSession } from '@inkling/onnx';
import { InferenceSession, OnnxError, Tensor } from '@inkling/onnx/ort';
import { describe, expect, test } from 'vitest';
import { buildModel, float32 } from './model-builder.ts';

const model = buildModel({
  nodes: [{ op: 'Gemm', inputs: ['x', 'w'], outputs: ['y'] }],
  initializers: { w: float32([2, 1], [0.5, -2]) },
  inputs: [{ name: 'x', dims: ['N', 2] }],
  outputs: [{ name: 'y', dims: ['N', 1] }],
  opset: 17,
  metadata: { 'inkling.output': 'logit' },
});
const x = new Tensor('float32', Float32Array.of(1, 2, 3, 4), [2, 2]);

async function failure(work: Promise<unknown>): Promise<OnnxError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OnnxError);
  return error as OnnxError;
}

describe('a model handed to the real onnxruntime-web', () => {
  test('gives what our own session gives, with the same API', async () => {
    const theirs = await InferenceSession.create(model);
    const ours = await OwnSession.create(model);
    expect(theirs.backend).toBe('ort');
    expect(theirs.inputNames).toEqual(ours.inputNames);
    expect(theirs.outputNames).toEqual(ours.outputNames);
    expect(theirs.inputMetadata).toEqual(ours.inputMetadata);
    expect(theirs.outputMetadata).toEqual(ours.outputMetadata);
    expect(theirs.metadata).toEqual(ours.metadata);
    const { y } = await theirs.run({ x });
    const own = ours.runSync({ x }).y;
    expect({ type: y?.type, dims: y?.dims, data: y?.data }).toEqual({
      type: own?.type,
      dims: own?.dims,
      data: own?.data,
    });
    await theirs.release();
  });

  test('runs what no entry of ours does', async () => {
    const session = await InferenceSession.create(
      buildModel({
        nodes: [{ op: 'Det', inputs: ['x'], outputs: ['y'] }],
        inputs: [{ name: 'x', dims: [2, 2] }],
        outputs: [{ name: 'y', dims: [] }],
      }),
    );
    const { y } = await session.run({ x });
    expect(Array.from((y?.data ?? []) as Float32Array, Math.round)).toEqual([-2]);
    await session.release();
  });

  test('is fetched where it is given as an address', async () => {
    const asked: string[] = [];
    const session = await InferenceSession.create('/ranker.onnx', {
      fetch: async (url) => {
        asked.push(url);
        return { ok: true, status: 200, arrayBuffer: async () => model.slice().buffer };
      },
    });
    expect(asked).toEqual(['/ranker.onnx']);
    expect(session.inputNames).toEqual(['x']);
    await session.release();
  });

  test('refuses to run in one go, and after release', async () => {
    const session = await InferenceSession.create(model);
    expect(() => session.runSync({ x })).toThrow('expected run, as onnxruntime-web runs asynchronously only');
    await session.release();
    await session.release();
    expect(await failure(session.run({ x }))).toMatchObject({ code: 'E_RELEASED' });
  });
});

describe('what goes wrong', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    [
      'the package is not installed',
      () => import(/* @vite-ignore */ `onnxruntime-${'absent'}/wasm`),
      'expected onnxruntime-web (npm install onnxruntime-web), found',
    ],
    ['another module is there', async () => ({ default: {} }), 'found a module without InferenceSession'],
  ])('%s', async (_, load, message) => {
    const error = await failure(InferenceSession.create(model, { load }));
    expect(error.code).toBe('E_PEER');
    expect(error.message).toContain(message);
  });

  test('onnxruntime-web gets one thread and a time to start within, and its error is told', async () => {
    const wasm: Record<string, unknown> = {};
    const module = {
      env: { wasm },
      Tensor,
      InferenceSession: { create: async () => Promise.reject(new Error('out of time')) },
    };
    const error = await failure(
      InferenceSession.create(model, { load: async () => module, initTimeoutMs: 5, wasmPaths: '/ort/' }),
    );
    expect(error).toMatchObject({ code: 'E_PEER', message: 'onnxruntime-web, create: out of time' });
    expect(wasm).toEqual({ numThreads: 1, initTimeout: 5, wasmPaths: '/ort/' });
  });

  test('a feed that does not fit', async () => {
    const session = await InferenceSession.create(model);
    const wide = new Tensor('float32', new Float32Array(3), [1, 3]);
    expect(await failure(session.run({ x: wide }))).toMatchObject({ code: 'E_PEER' });
    expect(await failure(session.run({}))).toMatchObject({ code: 'E_PEER' });
    await session.release();
  });
});
