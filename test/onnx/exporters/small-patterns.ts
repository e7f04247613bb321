import { float32, int64, type ModelSpec, type NodeSpec } from '../model-builder.ts';
import type { ExportedModel, FeedSpec } from './exported-model.ts';
import { index, integers, scalar } from './graph-writer.ts';

const node = (
  op: string,
  inputs: string[],
  outputs: string[],
  attributes: NonNullable<NodeSpec['attributes']> = {},
): NodeSpec => ({ op, inputs, outputs, attributes });

/** Three rows of four numbers in, `y` out, unless `more` says otherwise. */
const pattern = (
  name: string,
  nodes: NodeSpec[],
  initializers: NonNullable<ModelSpec['initializers']> = {},
  more: Partial<ModelSpec> & { readonly feeds?: readonly FeedSpec[] } = {},
): ExportedModel => {
  const { feeds = [{ name: 'x', dims: [3, 4] }], ...spec } = more;
  return {
    name,
    feeds,
    spec: {
      nodes,
      initializers,
      inputs: [{ name: 'x', dims: ['N', 4] }],
      outputs: [{ name: 'y' }],
      opset: 17,
      ...spec,
    },
  };
};

const ids = {
  feeds: [{ name: 'x', dims: [4], below: 2 }],
  inputs: [{ name: 'x', type: 'int64', dims: ['N'] }],
} satisfies Partial<ModelSpec> & { feeds: FeedSpec[] };

/** Turns of phrase of exporters, each in as few nodes as show it. */
export const smallPatterns: readonly ExportedModel[] = [
  pattern('a constant of one float', [
    node('Constant', [], ['c'], { value_float: { float: 1.5 } }),
    node('Mul', ['x', 'c'], ['y']),
  ]),
  pattern('a constant of floats', [
    node('Constant', [], ['c'], { value_floats: { floats: [1, -2, 3, 4] } }),
    node('Mul', ['x', 'c'], ['y']),
  ]),
  pattern('a constant of one integer', [
    node('Constant', [], ['c'], { value_int: -1 }),
    node('Gather', ['x', 'c'], ['y'], { axis: 1 }),
  ]),
  pattern('a constant of integers', [
    node('Constant', [], ['c'], { value_ints: [2, -1] }),
    node('Reshape', ['x', 'c'], ['y']),
  ]),
  pattern(
    'a constant of texts',
    [
      node('Constant', [], ['c'], { value_strings: { strings: ['no', 'yes'] } }),
      node('Gather', ['c', 'x'], ['y']),
    ],
    {},
    { ...ids, outputs: [{ name: 'y', type: 'string' }] },
  ),
  pattern(
    'a constant of one text',
    [node('Constant', [], ['c'], { value_string: 'yes' }), node('Expand', ['c', 'shape'], ['y'])],
    { shape: integers(2) },
    { outputs: [{ name: 'y', type: 'string' }] },
  ),
  pattern(
    'half floats inside, floats outside',
    [
      node('Cast', ['x'], ['h'], { to: 10 }),
      node('Relu', ['h'], ['r']),
      node('Cast', ['r'], ['y'], { to: 1 }),
    ],
    {},
    // Numbers that a half float holds, because onnxruntime may leave out both casts.
    { feeds: [{ name: 'x', dims: [3, 4], step: 0.25 }] },
  ),
  pattern('a clip without its lower bound', [node('Clip', ['x', '', 'most'], ['y'])], { most: scalar(0.4) }),
  pattern('a clip whose last input is left empty', [node('Clip', ['x', 'least', ''], ['y'])], {
    least: scalar(0),
  }),
  pattern('a dropout that is told not to drop', [node('Dropout', ['x', '', 'training'], ['y', ''])], {
    training: { type: 'bool', dims: [], data: Uint8Array.of(0) },
  }),
  pattern(
    'a slice backwards from the end to before the start',
    [node('Slice', ['x', 'from', 'to', 'axes', 'steps'], ['y'])],
    {
      from: integers(-1),
      to: { type: 'int64', dims: [1], data: BigInt64Array.of(-(2n ** 63n) + 1n) },
      axes: integers(1),
      steps: integers(-1),
    },
  ),
  pattern('a slice to the largest integer', [node('Slice', ['x', 'from', 'to', 'axes'], ['y'])], {
    from: integers(1),
    to: { type: 'int64', dims: [1], data: BigInt64Array.of(2n ** 63n - 1n) },
    axes: integers(-1),
  }),
  pattern(
    'ones where a shape says −1, as expand() of PyTorch',
    [
      node('ConstantOfShape', ['rank'], ['ones'], { value: integers(1) }),
      node('Mul', ['ones', 'minus'], ['open']),
      node('Equal', ['shape', 'open'], ['is']),
      node('Where', ['is', 'ones', 'shape'], ['size']),
      node('Expand', ['row', 'size'], ['wide']),
      node('MatMul', ['wide', 'x'], ['y']),
    ],
    { rank: integers(2), minus: index(-1), shape: integers(5, -1), row: float32([1, 3], [1, 2, 3]) },
  ),
  pattern(
    'a product turned, scaled, and with a column added',
    [node('Gemm', ['x', 'w', 'c'], ['y'], { transA: 1, alpha: { float: 2 }, beta: { float: 0.5 } })],
    { w: float32([3, 2], [1, 2, 3, 4, 5, 6]), c: float32([4, 1], [1, -1, 2, 0]) },
  ),
  pattern(
    'padding masked with −∞ before a softmax',
    [node('Where', ['mask', 'minus', 'x'], ['m']), node('Softmax', ['m'], ['y'], { axis: -1 })],
    {
      mask: { type: 'bool', dims: [4], data: Uint8Array.of(0, 1, 0, 1) },
      minus: scalar(Number.NEGATIVE_INFINITY),
    },
  ),
  pattern(
    'an input, a weight and one value twice as outputs',
    [node('Relu', ['x'], ['y']), node('Identity', ['y'], ['z'])],
    { w: int64([2], [7, 8]) },
    { outputs: [{ name: 'y' }, { name: 'z' }, { name: 'x' }, { name: 'w', type: 'int64' }] },
  ),
];
