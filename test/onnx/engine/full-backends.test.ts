import { InferenceSession, type Outputs, Tensor } from '@inkling/onnx/full';
import { expect, test } from 'vitest';
import { deepFm } from '../../bench/onnx/deep-fm.ts';
import { trees } from '../../bench/onnx/trees.ts';
import { createFeeds } from '../exporters/create-feeds.ts';
import { exportedModels } from '../exporters/exported-models.ts';
import { buildModel, type ModelSpec } from '../model-builder.ts';
import { createRandom } from '../random.ts';

type Feeds = Parameters<InferenceSession['runSync']>[0];

const open = async (spec: ModelSpec): Promise<readonly InferenceSession[]> => {
  const bytes = buildModel(spec);
  const sessions = await Promise.all(
    (['wasm', 'js'] as const).map((backend) => InferenceSession.create(bytes, { backend })),
  );
  expect(sessions.map(({ backend }) => backend)).toEqual(['wasm', 'js']);
  return sessions;
};

/** Zeros have a sign here, and every NaN is one. */
function expectSame(found: Outputs, expected: Outputs): void {
  for (const [name, { type, dims, data }] of Object.entries(expected)) {
    expect([name, found[name]?.type, found[name]?.dims]).toEqual([name, type, dims]);
    const far = Array.from(data as ArrayLike<unknown>).findIndex(
      (value, i) => !Object.is(found[name]?.data[i], value),
    );
    expect(far < 0 ? null : { name, far, found: found[name]?.data[far], expected: data[far] }).toBeNull();
  }
}

const MODELS = [...exportedModels, { ...deepFm(), name: 'DeepFM' }, { ...trees(), name: 'many trees' }];

test.each(MODELS.map((model) => [model.name, model] as const))(
  '%s gives the same bits in WebAssembly and JavaScript',
  async (_, { spec, feeds }) => {
    const [wasm, js] = (await open(spec)) as [InferenceSession, InferenceSession];
    const tensors = Object.fromEntries(
      createFeeds(feeds).map(({ name, type, data, dims }) => [name, new Tensor(type, data as never, dims)]),
    );
    const expected = js.runSync(tensors);
    for (let run = 0; run < 2; run++) expectSame(wasm.runSync(tensors), expected);
  },
);

const floats = (dims: number[], seed: number): Tensor =>
  new Tensor('float32', createRandom(seed).floats(dims.reduce((a, b) => a * b, 1)), dims);

test.each(
  ['ReduceSum', 'ReduceMean'].flatMap((op) =>
    [[0], [1], [2], [0, 1], [1, 2], [0, 2], [-1], []].map((axes) => [op, axes] as const),
  ),
)('%s along [%s] gives the same bits in both', async (op, axes) => {
  const sessions = await open({
    nodes: [{ op, inputs: ['x'], outputs: ['y'], attributes: { ...(axes.length && { axes: [...axes] }) } }],
    inputs: [{ name: 'x', dims: ['A', 'B', 'C'] }],
    outputs: [{ name: 'y' }],
    opset: 11,
  });
  for (const dims of [
    [3, 5, 11],
    [4, 1, 8],
    [1, 7, 3],
    [2, 0, 4],
    [5, 3, 0],
  ]) {
    const [wasm, js] = sessions.map((session) => session.runSync({ x: floats(dims, 3) })) as [
      Outputs,
      Outputs,
    ];
    expectSame(wasm, js);
  }
});

const INDICES = [2, 0, -1, 4, -5, 3];

test.each([0, 1, 2].flatMap((axis) => (['int32', 'int64'] as const).map((type) => [axis, type] as const)))(
  'Gather along axis %i by %s takes the same in both',
  async (axis, type) => {
    const sessions = await open({
      nodes: [{ op: 'Gather', inputs: ['x', 'i'], outputs: ['y'], attributes: { axis } }],
      inputs: [
        { name: 'x', dims: [5, 5, 5] },
        { name: 'i', type, dims: ['N'] },
      ],
      outputs: [{ name: 'y' }],
      opset: 13,
    });
    const run = (session: InferenceSession, list: readonly number[]): Outputs => {
      const i =
        type === 'int64'
          ? new Tensor(type, BigInt64Array.from(list, BigInt), [list.length])
          : new Tensor(type, Int32Array.from(list), [list.length]);
      const feeds: Feeds = { x: floats([5, 5, 5], 4), i };
      return session.runSync(feeds);
    };
    const [wasm, js] = sessions as [InferenceSession, InferenceSession];
    const x = floats([5, 5, 5], 4).data as Float32Array;
    const step = 5 ** (2 - axis);
    for (const list of [INDICES, [], [1]]) {
      const found = run(wasm, list);
      expectSame(found, run(js, list));
      const { y } = found;
      if (!y) expect.fail('no output');
      const inner = step * list.length;
      expect(Array.from(y.data as Float32Array)).toEqual(
        Array.from({ length: y.data.length }, (_, at) => {
          const index = list[Math.floor((at % inner) / step)] as number;
          return x[(Math.floor(at / inner) * 5 + ((index + 5) % 5)) * step + (at % step)];
        }),
      );
    }
    for (const session of sessions) {
      for (const wrong of [5, -6]) {
        expect(() => run(session, [0, wrong])).toThrow(`expected an axis or index within 5, found ${wrong}`);
      }
    }
  },
);

test.each([[[0, 3]], [[3, 0]]])('Gather from [%s] moves nothing, whatever the indices are', async (dims) => {
  const sessions = await open({
    nodes: [{ op: 'Gather', inputs: ['x', 'i'], outputs: ['y'], attributes: { axis: dims[0] ? 0 : 1 } }],
    inputs: [
      { name: 'x', dims: ['A', 'B'] },
      { name: 'i', dims: ['N'], type: 'int64' },
    ],
    outputs: [{ name: 'y' }],
  });
  for (const session of sessions) {
    const i = new Tensor('int64', BigInt64Array.of(99n), [1]);
    expect(session.runSync({ x: floats(dims, 1), i }).y?.data).toHaveLength(0);
  }
});
