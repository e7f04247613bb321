import { InferenceSession, OnnxError } from '@inkling/onnx/full';
import { createLeanSession } from '@inkling/onnx/lean';
import { describe, expect, test } from 'vitest';
import { buildModel, float32, type ModelSpec, type NodeSpec, type TensorSpec } from './model-builder.ts';

const int64 = (...values: bigint[]): TensorSpec => ({
  type: 'int64',
  dims: [values.length],
  data: BigInt64Array.from(values),
});
const count = (value: bigint): TensorSpec => ({ ...int64(value), dims: [] });

/** Larger than any tensor, than 32 bits, than a double counts exactly, than 64 bits when doubled, and negative. */
const HUGE = [
  2n ** 31n,
  2n ** 32n + 1n,
  2n ** 40n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  -(2n ** 31n),
  -(2n ** 63n),
];

type Place = (huge: bigint) => Partial<ModelSpec>;
const node = (
  op: string,
  inputs: string[],
  initializers: NonNullable<ModelSpec['initializers']> = {},
  attributes: NodeSpec['attributes'] = {},
): Partial<ModelSpec> => ({ nodes: [{ op, inputs, outputs: ['y'], attributes }], initializers });
/** An attribute beyond what a double holds is the nearest it does. */
const whole = Number;

const PLACES: Readonly<Record<string, Place>> = {
  'dims of an initializer': (huge) =>
    node('Add', ['x', 'w'], { w: { ...float32([], [1]), dims: [whole(huge)] } }),
  'the shape of Reshape': (huge) => node('Reshape', ['x', 's'], { s: int64(huge, 1n) }),
  'two dims of Reshape that overflow together': (huge) =>
    node('Reshape', ['x', 's'], { s: int64(huge, huge) }),
  'the shape of Expand': (huge) => node('Expand', ['x', 's'], { s: int64(huge, 1n, 1n) }),
  'the shape of ConstantOfShape': (huge) => node('ConstantOfShape', ['s'], { s: int64(huge) }),
  'dims of ConstantOfShape beside an empty one': (huge) =>
    node('ConstantOfShape', ['s'], { s: int64(0n, huge) }),
  'the repeats of Tile': (huge) => node('Tile', ['x', 's'], { s: int64(1n, huge) }),
  'the pads of Pad': (huge) => node('Pad', ['x', 's'], { s: int64(0n, huge, 0n, 0n) }),
  'the parts of Split': (huge) => node('Split', ['x', 's'], { s: int64(huge) }),
  'the limit of Range': (huge) =>
    node('Range', ['a', 'b', 'c'], { a: count(0n), b: count(huge), c: count(huge < 0n ? -1n : 1n) }),
  'the depth of OneHot': (huge) =>
    node('OneHot', ['i', 'd', 'v'], { i: int64(1n), d: count(huge), v: float32([2], [0, 1]) }),
  'the k of TopK': (huge) => node('TopK', ['x', 'k'], { k: int64(huge) }),
  'an axis of Unsqueeze': (huge) => node('Unsqueeze', ['x', 'a'], { a: int64(huge) }),
  'an axis of Concat': (huge) => node('Concat', ['x', 'x'], {}, { axis: whole(huge) }),
  'an axis of a reduction': (huge) => node('ReduceSum', ['x', 'a'], { a: int64(huge) }),
  'an index of Gather': (huge) => node('Gather', ['x', 'i'], { i: int64(huge) }),
  'an index of GatherND': (huge) => node('GatherND', ['x', 'i'], { i: int64(huge) }),
};

const feeds = { x: { type: 'float32', data: new Float32Array(6), dims: [2, 3] } };
const model = (spec: Partial<ModelSpec>): Uint8Array =>
  buildModel({ nodes: [], inputs: [{ name: 'x', dims: ['N', 3] }], outputs: [{ name: 'y' }], ...spec });

/** An error of the host behind an `OnnxError` means that no check stopped it. */
function isChecked(error: unknown): boolean {
  for (let cause = error; cause !== undefined; cause = (cause as Error).cause) {
    if (!(cause instanceof OnnxError)) return false;
  }
  return true;
}

async function refusal(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe.each(Object.entries(PLACES))('%s', (_, place) => {
  test.each(HUGE)('%i is refused by a check', async (huge) => {
    const error = await refusal(async () =>
      (await InferenceSession.create(model(place(huge)))).runSync(feeds),
    );
    expect(error).toBeInstanceOf(OnnxError);
    expect(isChecked(error), String((error as Error).cause)).toBe(true);
    expect(['E_MODEL_LIMIT', 'E_SHAPE', 'E_MODEL_FORMAT']).toContain((error as OnnxError).code);
  });
});

describe('dims of a feed', () => {
  const bytes = model(node('Relu', ['x']));
  test.each([2 ** 31, 2 ** 53, 2 ** 70, Number.NaN, 1 / 0, -1, 0.5])('%d', async (huge) => {
    for (const dims of [
      [huge, 3],
      [0, huge],
      [huge, 0, huge],
    ]) {
      for (const session of [await InferenceSession.create(bytes), createLeanSession(bytes)]) {
        const error = await refusal(() => session.runSync({ x: { ...feeds.x, dims } }));
        expect(error).toBeInstanceOf(OnnxError);
        expect(isChecked(error)).toBe(true);
      }
    }
  });
});

describe('the longest axis along which elements are moved', () => {
  const MOST = 4_194_304;
  const one = { x: { type: 'float32', data: Float32Array.of(7), dims: [1] } };
  const PATHS: Readonly<Record<string, (size: number) => Partial<ModelSpec>>> = {
    Tile: (size) => node('Tile', ['x', 's'], { s: int64(BigInt(size)) }),
    Pad: (size) => node('Pad', ['x', 's'], { s: int64(0n, BigInt(size - 1)) }, { mode: 'edge' }),
    Expand: (size) => node('Expand', ['x', 's'], { s: int64(BigInt(size)) }),
  };
  test.each(Object.entries(PATHS))('of %s', async (_, path) => {
    const run = async (size: number) => {
      const bytes = model({ ...path(size), inputs: [{ name: 'x', dims: [1] }] });
      return (await InferenceSession.create(bytes)).runSync(one).y;
    };
    const y = await run(MOST);
    expect([y?.dims, y?.data[0], y?.data[MOST - 1]]).toEqual([[MOST], 7, 7]);
    expect(await refusal(() => run(MOST + 1))).toMatchObject({ code: 'E_MODEL_LIMIT', found: MOST + 1 });
  });
});
