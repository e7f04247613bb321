import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { InferenceSession, type OnnxError, Tensor } from '@inkling/onnx';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { buildModel, float32, int64, type ModelSpec, type NodeSpec } from '../model-builder.ts';
import { createRandom } from '../random.ts';

const { floats } = createRandom(5);
const tensor = (dims: number[], data: Float32Array = floats(dims.reduce((a, b) => a * b, 1))) =>
  new Tensor('float32', data, dims);

/** Context and items through a tower each, then together: what a page ranks with again and again. */
const towers: ModelSpec = {
  nodes: [
    { op: 'Gemm', inputs: ['items', 'w1', 'b1'], outputs: ['i1'] },
    { op: 'Relu', inputs: ['i1'], outputs: ['i2'] },
    { op: 'Gather', inputs: ['i2', 'picks'], outputs: ['i3'], attributes: { axis: 1 } },
    { op: 'Add', inputs: ['context', 'i3'], outputs: ['sum'] },
    { op: 'MatMul', inputs: ['sum', 'w2'], outputs: ['score'] },
  ],
  initializers: {
    w1: float32([3, 4], floats(12)),
    b1: float32([4], floats(4)),
    picks: int64([4], [3, 2, 1, 0]),
    w2: float32([4, 1], floats(4)),
  },
  inputs: [
    { name: 'context', dims: [1, 4] },
    { name: 'items', dims: ['N', 3] },
  ],
  outputs: [{ name: 'score' }],
};

afterEach(() => vi.unstubAllGlobals());

describe.each(['wasm', 'js'] as const)('with %s', (backend) => {
  test('what depends on stable inputs alone is kept until another array comes', async () => {
    const bytes = buildModel(towers);
    const plain = await InferenceSession.create(bytes, { backend });
    const session = await InferenceSession.create(bytes, { backend, stable: ['items'] });
    const items = tensor([5, 3]);
    for (const context of [tensor([1, 4]), tensor([1, 4])]) {
      expect(session.runSync({ context, items })).toEqual(plain.runSync({ context, items }));
    }
    const context = tensor([1, 4]);
    const before = session.runSync({ context, items });
    // The same array, so nobody looks into it: this is what is promised, and how one sees that it is kept.
    items.data.fill(7);
    expect(session.runSync({ context, items })).toEqual(before);
    const changed = tensor([5, 3], items.data.slice());
    expect(session.runSync({ context, items: changed })).toEqual(plain.runSync({ context, items: changed }));
    // A run with other shapes takes the memory; the one after it computes anew.
    const more = tensor([9, 3]);
    expect(session.runSync({ context, items: more })).toEqual(plain.runSync({ context, items: more }));
    expect(session.runSync({ context, items: changed })).toEqual(plain.runSync({ context, items: changed }));
  });

  test.each([
    ['minus', 'plus', 'less'],
    ['plus', 'minus', 'less'],
    ['plus', 'less', 'product', 'minus'],
    ['less', 'same', 'plus'],
  ])('a product that several nodes take, in the order %s %s %s %s', async (...order) => {
    const nodes: Record<string, NodeSpec> = {
      minus: { op: 'Sub', inputs: ['product', 'one'], outputs: ['minus'] },
      plus: { op: 'Add', inputs: ['product', 'row'], outputs: ['plus'] },
      less: { op: 'Relu', inputs: ['product'], outputs: ['less'] },
      same: { op: 'Identity', inputs: ['product'], outputs: ['same'] },
    };
    const names = order.filter((name) => name);
    const session = await InferenceSession.create(
      buildModel({
        nodes: [
          { op: 'MatMul', inputs: ['x', 'w'], outputs: ['product'] },
          ...names.flatMap((name) => nodes[name] ?? []),
        ],
        initializers: {
          w: float32([2, 2], [-1, 0, 0, 1]),
          row: float32([2], [10, 20]),
          one: float32([], [1]),
        },
        inputs: [{ name: 'x' }],
        outputs: names.map((name) => ({ name })),
      }),
      { backend },
    );
    const expected: Record<string, readonly number[]> = {
      product: [-3, 4],
      minus: [-4, 3],
      plus: [7, 24],
      less: [0, 4],
      same: [-3, 4],
    };
    for (let run = 0; run < 2; run++) {
      const outputs = session.runSync({ x: tensor([1, 2], Float32Array.of(3, 4)) });
      for (const name of names)
        expect(Array.from(outputs[name]?.data as Float32Array)).toEqual(expected[name]);
    }
  });

  test('many shapes in turn, more than are kept', async () => {
    const session = await InferenceSession.create(buildModel(towers), { backend });
    const runs = Array.from({ length: 20 }, (_, i) => ({
      context: tensor([1, 4]),
      items: tensor([1 + i * 7, 3]),
    }));
    const first = runs.map((feeds) => session.runSync(feeds));
    for (const [i, feeds] of runs.entries()) expect(session.runSync(feeds)).toEqual(first[i]);
    for (const [i, feeds] of [...runs.entries()].reverse()) expect(session.runSync(feeds)).toEqual(first[i]);
  });

  test('a shape that is fed', async () => {
    const session = await InferenceSession.create(
      buildModel({
        nodes: [
          { op: 'Add', inputs: ['x', 'x'], outputs: ['double'] },
          { op: 'Reshape', inputs: ['double', 'shape'], outputs: ['shaped'] },
          { op: 'Softmax', inputs: ['shaped'], outputs: ['y'] },
        ],
        inputs: [{ name: 'x' }, { name: 'shape', type: 'int64' }],
        outputs: [{ name: 'y' }],
      }),
      { backend },
    );
    const x = tensor([6]);
    for (const shape of [
      [2, 3],
      [3, 2],
      [6, 1],
      [2, 3],
    ]) {
      const dims = new Tensor('int64', BigInt64Array.from(shape, BigInt), [2]);
      const { y } = session.runSync({ x, shape: dims });
      expect(y?.dims).toEqual(shape);
      // Every row sums to one.
      expect(Array.from(y?.data as Float32Array).reduce((a, b) => a + b)).toBeCloseTo(shape[0] as number, 6);
    }
  });

  test('a run that fails leaves the next one right', async () => {
    const session = await InferenceSession.create(
      buildModel({
        nodes: [
          { op: 'Gather', inputs: ['x', 'i'], outputs: ['picked'] },
          { op: 'MatMul', inputs: ['picked', 'w'], outputs: ['y'] },
        ],
        initializers: { w: float32([2, 1], [1, 10]) },
        inputs: [{ name: 'x' }, { name: 'i', type: 'int64' }],
        outputs: [{ name: 'y' }],
      }),
      { backend, stable: ['x'] },
    );
    const x = new Tensor('float32', Float32Array.of(1, 2, 3, 4), [2, 2]);
    const at = (index: number) => new Tensor('int64', BigInt64Array.of(BigInt(index)), [1]);
    expect(() => session.runSync({ x, i: at(5) })).toThrow(
      'Gather "picked" of float32[2,2] and int64[1]: expected',
    );
    expect(session.runSync({ x, i: at(1) }).y?.data).toEqual(Float32Array.of(43));
    expect(() => session.runSync({ x, i: at(-9) })).toThrow('within 2, found -9');
    expect(session.runSync({ x, i: at(0) }).y?.data).toEqual(Float32Array.of(21));
    const wide = new Tensor('float32', new Float32Array(6), [2, 3]);
    expect(() => session.runSync({ x: wide, i: at(0) })).toThrow('shapes that multiply');
    expect(session.runSync({ x, i: at(1) }).y?.data).toEqual(Float32Array.of(43));
  });

  test.each<[string, object, string]>([
    ['bytes of the model', { modelBytes: 100 }, 'up to 100 bytes'],
    ['nodes', { nodes: 4 }, 'up to 4 nodes, found 5'],
    ['elements of a tensor', { tensorElements: 15 }, '15 elements'],
    ['bytes of the arena', { arenaBytes: 100 }, 'up to 100 bytes'],
    ['work', { maxWork: 1000 }, 'up to 1000 steps'],
  ])('a limit on %s', async (_, limits, message) => {
    const work = async (): Promise<unknown> => {
      const session = await InferenceSession.create(buildModel(towers), { backend, limits });
      return session.runSync({ context: tensor([1, 4]), items: tensor([4, 3]) });
    };
    const error = await work().then(
      () => expect.fail('no error'),
      (reason: OnnxError) => reason,
    );
    expect(error).toMatchObject({ code: 'E_MODEL_LIMIT', message: expect.stringContaining(message) });
  });
});

test('a stable input that the model has not', async () => {
  await expect(InferenceSession.create(buildModel(towers), { stable: ['item'] })).rejects.toMatchObject({
    code: 'E_INPUT',
    message: 'expected one of context,items, found item',
  });
});

test('js does not try WebAssembly; where that is refused, js takes over', async () => {
  const tried: unknown[] = [];
  const refuse = class {
    constructor(bytes: unknown) {
      tried.push(bytes);
      throw new Error('refused by the policy');
    }
  };
  vi.stubGlobal('WebAssembly', { Module: refuse });
  expect((await InferenceSession.create(buildModel(towers), { backend: 'js' })).backend).toBe('js');
  expect(tried).toEqual([]);
  expect((await InferenceSession.create(buildModel(towers))).backend).toBe('js');
  expect(tried).toHaveLength(1);
});

test('a warm run allocates nothing but its outputs', async () => {
  const width = 64;
  const session = await InferenceSession.create(
    buildModel({
      nodes: [
        { op: 'MatMul', inputs: ['x', 'w'], outputs: ['a'] },
        { op: 'Add', inputs: ['a', 'b'], outputs: ['h'] },
        { op: 'Sigmoid', inputs: ['h'], outputs: ['s'] },
        { op: 'Mul', inputs: ['s', 'h'], outputs: ['m'] },
        { op: 'MatMul', inputs: ['m', 'v'], outputs: ['y'] },
      ],
      initializers: {
        w: float32([width, width], floats(width * width)),
        b: float32([width], floats(width)),
        v: float32([width, 1], floats(width)),
      },
      inputs: [{ name: 'x' }],
      outputs: [{ name: 'y' }],
    }),
  );
  const feeds = { x: tensor([100, width]) };
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const measure = (runs: number): { readonly heap: number; readonly buffers: number } => {
    collect();
    const before = process.memoryUsage();
    for (let i = 0; i < runs; i++) session.runSync(feeds);
    const after = process.memoryUsage();
    return {
      heap: (after.heapUsed - before.heapUsed) / runs,
      buffers: (after.arrayBuffers - before.arrayBuffers) / runs,
    };
  };
  measure(500);
  // Less only where memory is collected in between; an intermediate of this model is 25,600 bytes.
  const rounds = Array.from({ length: 5 }, () => measure(50));
  expect(Math.max(...rounds.map(({ buffers }) => buffers))).toBeLessThanOrEqual(100 * 4);
  expect(Math.min(...rounds.map(({ heap }) => heap))).toBeLessThan(4096);
});
