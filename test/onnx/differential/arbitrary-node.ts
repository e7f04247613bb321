import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import type { NodeSpec } from '../model-builder.ts';
import { ALL, axisOf, broadcastShapes, cell, data, dimsOf, FLOATS, SOME, wholes } from './arbitrary-data.ts';
import type { Data, Graph } from './graph-model.ts';

type Attributes = NonNullable<NodeSpec['attributes']>;

/** A node and what it is given; '' leaves an input out. */
export interface Case {
  readonly opset: number;
  readonly inputs: readonly (Data | '')[];
  readonly attributes?: Attributes;
  readonly outputs: readonly TensorType[];
}

export function graphOf(name: string, { opset, inputs, attributes = {}, outputs }: Case): Graph {
  const [, domain = '', op = name] = name.match(/^(ai\.onnx\.ml)\.(.*)$/) ?? [];
  const names = inputs.map((input, i) => (input ? `x${i}` : ''));
  const made = outputs.map((_, i) => `y${i}`);
  return {
    opset,
    nodes: [{ op, domain, inputs: names, outputs: made, attributes }],
    inputs: Object.fromEntries(inputs.flatMap((input, i) => (input ? [[`x${i}`, input]] : []))),
    outputs: Object.fromEntries(outputs.map((type, i) => [`y${i}`, type])),
  };
}

const opset = (least: number, most = 22): fc.Arbitrary<number> => fc.integer({ min: least, max: most });
const flag = fc.integer({ min: 0, max: 1 });
const float = (least: number, most: number): fc.Arbitrary<{ float: number }> =>
  fc.integer({ min: least * 8, max: most * 8 }).map((v) => ({ float: v / 8 }));
/** Some of these attributes. */
const some = (arbitraries: Record<string, fc.Arbitrary<Attributes[string]>>): fc.Arbitrary<Attributes> =>
  fc.record(arbitraries, { requiredKeys: [] }) as fc.Arbitrary<Attributes>;

const unary = (
  types: readonly TensorType[],
  least = 9,
  attributes: Record<string, fc.Arbitrary<Attributes[string]>> = {},
  range: readonly [number, number] = [-16, 16],
): fc.Arbitrary<Case> =>
  fc.constantFrom(...types).chain((type) =>
    fc.record({
      opset: opset(least),
      inputs: dimsOf().chain((dims) => fc.tuple(data(type, dims, range))),
      attributes: some(attributes),
      outputs: fc.constant([type]),
    }),
  );

const pair = (
  types: readonly TensorType[],
  least = 9,
  output?: TensorType,
  range: readonly [number, number] = [-16, 16],
  attributes: fc.Arbitrary<Attributes> = fc.constant({}),
): fc.Arbitrary<Case> =>
  fc.tuple(fc.constantFrom(...types), broadcastShapes(2)).chain(([type, shapes]) =>
    fc.record({
      opset: opset(least),
      inputs: fc.tuple(data(type, shapes[0] as number[]), data(type, shapes[1] as number[], range)),
      attributes,
      outputs: fc.constant([output ?? type]),
    }),
  );

const fold = (types: readonly TensorType[], least: number): fc.Arbitrary<Case> =>
  fc
    .tuple(fc.constantFrom(...types), fc.integer({ min: 1, max: 3 }).chain(broadcastShapes))
    .chain(([type, shapes]) =>
      fc.record({
        opset: opset(least),
        inputs: fc.tuple(...shapes.map((dims) => data(type, dims))),
        outputs: fc.constant([type]),
      }),
    );

/** Axes before `since` are an attribute. */
const reduction = (
  types: readonly TensorType[],
  since: number,
  range: readonly [number, number] = [-16, 16],
): fc.Arbitrary<Case> =>
  fc.tuple(fc.constantFrom(...types), dimsOf(1), opset(9)).chain(([type, dims, version]) =>
    fc
      .record({
        x: data(type, dims, range),
        axes: fc.option(
          fc
            .subarray([...dims.keys()], { minLength: 1 })
            .chain((axes) => fc.tuple(...axes.map((a) => fc.constantFrom(a, a - dims.length)))),
        ),
        isStored: fc.boolean(),
        attributes: some({ keepdims: flag, ...(version >= since ? { noop_with_empty_axes: flag } : {}) }),
      })
      .map(
        ({ x, axes, isStored, attributes }): Case => ({
          opset: version,
          inputs:
            version >= since && axes
              ? [x, { type: 'int64', dims: [axes.length], values: axes, isStored }]
              : [x],
          attributes: {
            ...attributes,
            ...(version < since && axes
              ? { axes: version < 11 ? axes.map((a) => (a + dims.length) % dims.length) : axes }
              : {}),
          },
          outputs: [type],
        }),
      ),
  );

const rows = (
  types: readonly TensorType[],
  least: number,
  attributes: Record<string, fc.Arbitrary<Attributes[string]>> = {},
): fc.Arbitrary<Case> =>
  fc.tuple(fc.constantFrom(...types), dimsOf(1), opset(least)).chain(([type, dims, version]) =>
    fc.record({
      opset: fc.constant(version),
      inputs: fc.tuple(data(type, dims)),
      attributes: some({
        axis: version < 11 ? fc.integer({ min: 0, max: dims.length - 1 }) : axisOf(dims.length),
        ...attributes,
      }),
      outputs: fc.constant([type]),
    }),
  );

/** A tensor and one of its axes. */
const along = (
  types: readonly TensorType[],
  make: (x: Data, axis: number, size: number) => fc.Arbitrary<Case>,
): fc.Arbitrary<Case> =>
  fc
    .tuple(fc.constantFrom(...types), dimsOf(1))
    .chain(([type, dims]) => fc.tuple(data(type, dims), axisOf(dims.length)))
    .chain(([x, axis]) => make(x, axis, x.dims.at(axis) as number));

const arg = along(SOME, (x, axis) =>
  fc.record({
    opset: opset(12),
    inputs: fc.constant([x]),
    attributes: some({ axis: fc.constant(axis), keepdims: flag, select_last_index: flag }),
    outputs: fc.constant(['int64'] as const),
  }),
);

const indicesInto = (size: number, dims: readonly number[]): fc.Arbitrary<Data> =>
  data('int64', dims, [-size, size - 1]);

const smaller = (dims: readonly number[]): fc.Arbitrary<number[]> =>
  fc.tuple(...dims.map((dim) => fc.integer({ min: 1, max: dim })));

const matrices = (types: readonly TensorType[]): fc.Arbitrary<[Data, Data]> =>
  fc
    .tuple(
      fc.constantFrom(...types),
      broadcastShapes(2),
      fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 6 }))),
    )
    .chain(([type, [a = [], b = []], [m, k, n]]) =>
      fc.tuple(
        data(type, [...a.slice(-2), m, k] as number[]),
        data(type, [...b.slice(-2), k, n] as number[]),
      ),
    );

const table = (rowsAndWidth: readonly [number, number], type: TensorType = 'float32'): fc.Arbitrary<Data> =>
  data(type, rowsAndWidth);
const floats = (count: number, least = -16, most = 16): fc.Arbitrary<number[]> =>
  fc.array(cell('float32', least, most) as fc.Arbitrary<number>, { minLength: count, maxLength: count });
const grid = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }));
const post = fc.constantFrom('NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO');

const quantized = (op: 'QuantizeLinear' | 'DequantizeLinear'): fc.Arbitrary<Case> =>
  fc
    .tuple(fc.constantFrom<TensorType>('int8', 'uint8'), dimsOf(1), opset(13, 21), fc.boolean(), fc.boolean())
    .chain(([type, dims, version, isAxis, hasZero]) =>
      axisOf(dims.length).chain((axis) => {
        const shape = isAxis ? [dims.at(axis) as number] : [];
        return fc
          .tuple(
            data(
              op === 'QuantizeLinear' ? 'float32' : type,
              dims,
              op === 'QuantizeLinear' ? [-300, 300] : [-100, 100],
            ),
            data('float32', shape, [1, 8]),
            data(type, shape, [-20, 20]),
          )
          .map(
            ([x, scale, zero]): Case => ({
              opset: version,
              inputs: hasZero ? [x, scale, { ...zero, isStored: true }] : [x, scale],
              attributes: isAxis ? { axis } : {},
              outputs: [op === 'QuantizeLinear' ? (hasZero ? type : 'uint8') : 'float32'],
            }),
          );
      }),
    );

interface Split {
  readonly feature: number;
  readonly value: number;
  readonly mode: string;
  readonly missing: number;
}
interface Tree {
  readonly splits: readonly Split[];
  /** For each leaf a weight for each target. */
  readonly leaves: readonly (readonly number[])[];
}

/** A complete tree: nodes by levels, then its leaves. */
const tree = (width: number, targets: number): fc.Arbitrary<Tree> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom('BRANCH_LEQ', 'BRANCH_LT', 'BRANCH_GTE', 'BRANCH_GT', 'BRANCH_EQ', 'BRANCH_NEQ'),
    )
    .chain(([depth, mode]) =>
      fc.record({
        splits: fc.array(
          fc.record({
            feature: fc.integer({ min: 0, max: width - 1 }),
            value: cell('float32', -6, 6) as fc.Arbitrary<number>,
            mode: fc.constant(mode),
            missing: flag,
          }),
          { minLength: 2 ** depth - 1, maxLength: 2 ** depth - 1 },
        ),
        leaves: fc.array(floats(targets, -6, 12), { minLength: 2 ** depth, maxLength: 2 ** depth }),
      }),
    );

/** Rows whose values often are those of a split. */
const treeRows = (dims: readonly [number, number]): fc.Arbitrary<Data> =>
  fc
    .tuple(data('float32', dims, [-8, 8]), fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }))
    .map(([x, holes]) => ({
      ...x,
      values: x.values.map((v, i) => (holes[i % holes.length] ? v : Number.NaN)),
    }));

function treeAttributes(trees: readonly Tree[], kind: 'target' | 'class'): Attributes {
  const nodes = trees.flatMap(({ splits, leaves }, id) =>
    [...splits, ...leaves.map(() => undefined)].map((split, i) => ({ id, i, split })),
  );
  const votes = trees.flatMap(({ splits, leaves }, id) =>
    leaves.flatMap((weights, i) =>
      weights.map((weight, target) => ({ id, node: splits.length + i, target, weight })),
    ),
  );
  return {
    nodes_treeids: nodes.map(({ id }) => id),
    nodes_nodeids: nodes.map(({ i }) => i),
    nodes_featureids: nodes.map(({ split }) => split?.feature ?? 0),
    nodes_values: { floats: nodes.map(({ split }) => split?.value ?? 0) },
    nodes_modes: { strings: nodes.map(({ split }) => split?.mode ?? 'LEAF') },
    nodes_truenodeids: nodes.map(({ i, split }) => (split ? 2 * i + 1 : 0)),
    nodes_falsenodeids: nodes.map(({ i, split }) => (split ? 2 * i + 2 : 0)),
    nodes_missing_value_tracks_true: nodes.map(({ split }) => split?.missing ?? 0),
    [`${kind}_treeids`]: votes.map(({ id }) => id),
    [`${kind}_nodeids`]: votes.map(({ node }) => node),
    [`${kind}_ids`]: votes.map(({ target }) => target),
    [`${kind}_weights`]: { floats: votes.map(({ weight }) => weight) },
  };
}

/** Sequences of small rows through gates, in each direction, with what may be left out left out at times. */
const recurrent = (
  gates: number,
  extra: Record<string, fc.Arbitrary<Attributes[string]>> = {},
): fc.Arbitrary<Case> =>
  fc
    .tuple(
      fc.constantFrom('forward', 'reverse', 'bidirectional'),
      fc.tuple(...[1, 2, 3, 4].map(() => fc.integer({ min: 1, max: 4 }))),
      fc.boolean(),
      fc.boolean(),
      some(extra),
    )
    .chain(([direction, [steps = 1, count = 1, inputs = 1, size = 1], hasBias, hasState, attributes]) => {
      const d = direction === 'bidirectional' ? 2 : 1;
      const state = [d, count, size];
      return fc.record({
        opset: opset(14),
        inputs: fc.tuple(
          data('float32', [steps, count, inputs], [-8, 8]),
          data('float32', [d, gates * size, inputs], [-8, 8]),
          data('float32', [d, gates * size, size], [-8, 8]),
          hasBias ? data('float32', [d, 2 * gates * size], [-8, 8]) : fc.constant('' as const),
          hasState ? data('int32', [count], [1, steps]) : fc.constant('' as const),
          hasState ? data('float32', state, [-8, 8]) : fc.constant('' as const),
          ...(gates === 4 && hasState ? [data('float32', state, [-8, 8])] : []),
        ),
        attributes: fc.constant({ ...attributes, direction, hidden_size: size }),
        outputs: fc.constant<TensorType[]>(
          gates === 4 ? ['float32', 'float32', 'float32'] : ['float32', 'float32'],
        ),
      });
    });

const EQUATIONS: readonly (readonly [string, ...string[]])[] = [
  ['ij,jk->ik', 'ij', 'jk'],
  ['bij,bjk->bik', 'bij', 'bjk'],
  ['ij,ij', 'ij', 'ij'],
  ['bhqd,bhkd->bhqk', 'bhqd', 'bhkd'],
  ['ij->ji', 'ij'],
  ['ijk->ik', 'ijk'],
  ['ij->', 'ij'],
  ['i,j->ij', 'i', 'j'],
  ['...ij,...jk->...ik', 'bij', 'bjk'],
  ['nd,d->n', 'nd', 'd'],
];

export const NODES: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  Add: pair(ALL),
  Sub: pair(ALL),
  Mul: pair(ALL),
  Div: pair(ALL, 9, undefined, [1, 16]),
  Mod: fc.oneof(
    pair(
      ALL.filter((type) => !type.startsWith('float')),
      10,
      undefined,
      [1, 16],
    ),
    pair(FLOATS, 10, undefined, [1, 16], fc.constant({ fmod: 1 })),
  ),
  Pow: fc.oneof(
    pair(['float32', 'float64', 'int32', 'int64'], 9, undefined, [0, 5]),
    fc
      .tuple(fc.constantFrom(...SOME), fc.constantFrom(...SOME), broadcastShapes(2))
      .chain(([type, other, shapes]) =>
        fc.record({
          opset: opset(12),
          inputs: fc.tuple(
            data(type, shapes[0] as number[], [1, 16]),
            data(other, shapes[1] as number[], [0, 6]),
          ),
          outputs: fc.constant([type]),
        }),
      ),
  ),
  Neg: unary(['float32', 'float64', 'int8', 'int32', 'int64']),
  Abs: unary(ALL),
  Sign: unary(ALL),
  Sqrt: unary(FLOATS, 9, {}, [0, 40]),
  Exp: unary(FLOATS),
  Log: unary(FLOATS, 9, {}, [1, 100]),
  Reciprocal: unary(FLOATS, 9, {}, [1, 40]),
  Floor: unary(FLOATS),
  Ceil: unary(FLOATS),
  Round: unary(FLOATS, 11),
  Relu: unary(['float32', 'float64', 'int32', 'int8'], 9),
  Sigmoid: unary(FLOATS),
  Tanh: unary(FLOATS),
  Erf: unary(['float32']),
  LeakyRelu: unary(['float32'], 9, { alpha: float(-1, 1) }),
  PRelu: pair(FLOATS),
  Elu: unary(['float32'], 9, { alpha: float(0, 2) }),
  Selu: unary(['float32'], 9, { alpha: float(0, 2), gamma: float(1, 2) }),
  Celu: unary(['float32'], 12, { alpha: float(1, 2) }),
  HardSigmoid: unary(['float32'], 9, { alpha: float(0, 1), beta: float(0, 1) }),
  HardSwish: unary(['float32'], 14),
  Mish: unary(['float32'], 18),
  Softplus: unary(['float32']),
  Softsign: unary(['float32']),
  ThresholdedRelu: unary(['float32'], 10, { alpha: float(-1, 2) }),
  Clip: fc.constantFrom<TensorType>('float32', 'float64', 'int8', 'uint8', 'int32', 'int64').chain((type) =>
    fc.record({
      opset: opset(12),
      inputs: dimsOf().chain((dims) =>
        fc.tuple(
          data(type, dims),
          fc.oneof(fc.constant('' as const), data(type, [], [-8, 4])),
          data(type, [], [0, 8]),
        ),
      ),
      outputs: fc.constant([type]),
    }),
  ),
  Softmax: rows(FLOATS, 9),
  LogSoftmax: rows(FLOATS, 9),
  Hardmax: rows(['float32'], 9),
  Min: fold(ALL, 12),
  Max: fold(ALL, 12),
  Sum: fold(FLOATS, 9),
  Mean: fold(['float32'], 9),
  Equal: pair([...ALL, 'bool', 'string'], 19, 'bool'),
  Greater: pair(ALL, 9, 'bool'),
  GreaterOrEqual: pair(ALL, 12, 'bool'),
  Less: pair(ALL, 9, 'bool'),
  LessOrEqual: pair(ALL, 12, 'bool'),
  And: pair(['bool']),
  Or: pair(['bool']),
  Xor: pair(['bool']),
  Not: unary(['bool']),
  IsNaN: unary(['float32', 'float64'], 13).map((c) => ({ ...c, outputs: ['bool'] })),
  Where: fc
    .tuple(fc.constantFrom<TensorType>(...SOME, 'uint8', 'string'), broadcastShapes(3))
    .chain(([type, [a = [], b = [], c = []]]) =>
      fc.record({
        opset: opset(9),
        inputs: fc.tuple(data('bool', a), data(type, b), data(type, c)),
        outputs: fc.constant([type]),
      }),
    ),
  ReduceSum: reduction(SOME, 13),
  ReduceMean: reduction(['float32', 'float64', 'int32'], 18),
  ReduceMax: reduction([...SOME, 'int8', 'uint8'], 18),
  ReduceMin: reduction([...SOME, 'int8', 'uint8'], 18),
  ReduceProd: reduction(SOME, 18, [-4, 4]),
  ReduceL1: reduction(['float32', 'int32'], 18),
  ReduceL2: reduction(['float32', 'float64'], 18),
  ReduceSumSquare: reduction(['float32', 'float64', 'int32'], 18),
  ReduceLogSum: reduction(['float32'], 18, [1, 16]),
  ReduceLogSumExp: reduction(['float32', 'float64'], 18),
  ArgMax: arg,
  ArgMin: arg,
  TopK: along(SOME, (x, axis, size) =>
    fc.record({
      opset: opset(11),
      inputs: fc.tuple(
        fc.constant(x),
        fc.integer({ min: 1, max: size }).chain((k) => wholes([k])),
      ),
      attributes: some({ largest: flag }).map((a) => ({ ...a, axis })),
      outputs: fc.constant([x.type, 'int64'] as const),
    }),
  ),
  CumSum: along(SOME, (x, axis) =>
    fc.record({
      opset: opset(11),
      inputs: fc.tuple(fc.constant(x), wholes([axis], 'int32', [])),
      attributes: some({ exclusive: flag, reverse: flag }),
      outputs: fc.constant([x.type]),
    }),
  ),
  Transpose: unary([...ALL, 'bool', 'string']).chain((c) => {
    const rank = (c.inputs[0] as Data).dims.length;
    return fc
      .option(fc.shuffledSubarray([...Array(rank).keys()], { minLength: rank }))
      .map((perm) => ({ ...c, attributes: perm ? { perm } : {} }));
  }),
  Expand: fc.tuple(fc.constantFrom(...SOME), broadcastShapes(2)).chain(([type, [a = [], b = []]]) =>
    fc.record({
      opset: opset(9),
      inputs: fc.tuple(data(type, a), wholes(b)),
      outputs: fc.constant([type]),
    }),
  ),
  Tile: unary(SOME).chain((c) =>
    fc
      .tuple(...(c.inputs[0] as Data).dims.map(() => fc.integer({ min: 1, max: 3 })))
      .chain(wholes)
      .map((repeats) => ({ ...c, inputs: [c.inputs[0] as Data, repeats] })),
  ),
  Slice: unary([...SOME, 'string'], 9).chain((c) => {
    const x = c.inputs[0] as Data;
    const axes = [...x.dims.keys()];
    return fc
      .subarray(axes)
      .chain((chosen) =>
        fc.tuple(
          ...chosen.map((axis) => {
            const size = x.dims[axis] as number;
            // At least one element stays: onnxruntime-node cannot hand out empty tensors.
            return fc
              .tuple(
                fc.integer({ min: 0, max: size - 1 }),
                fc.integer({ min: 1, max: 4 }),
                fc.integer({ min: 1, max: 3 }),
                fc.boolean(),
                fc.boolean(),
              )
              .map(([start, length, step, backwards, negative]) =>
                backwards && c.opset >= 10
                  ? [axis, start, start - length < 0 ? -size - 5 : start - length, -step]
                  : [
                      negative ? axis - x.dims.length : axis,
                      negative ? start - size : start,
                      start + length > size ? 2 ** 40 : start + length,
                      c.opset >= 10 ? step : 1,
                    ],
              );
          }),
        ),
      )
      .map((list): Case => {
        const [axisList = [], starts = [], ends = [], steps = []] = [0, 1, 2, 3].map((i) =>
          list.map((entry) => entry[i] as number),
        );
        const input = (values: number[]): Data => ({
          type: 'int64',
          dims: [values.length],
          values,
          isStored: starts.length % 2 > 0,
        });
        if (c.opset < 10) {
          const positive = axisList.map((axis) => (axis + x.dims.length) % x.dims.length);
          return list.length
            ? { ...c, attributes: { starts, ends, axes: positive } }
            : { ...c, attributes: { starts: [0], ends: [9], axes: [0] } };
        }
        return list.length
          ? { ...c, inputs: [x, ...[starts, ends, axisList, steps].map(input)] }
          : { ...c, inputs: [x, ...[[0], [9], [0]].map(input)] };
      });
  }),
  Split: along([...SOME, 'string'], (x, axis, size) =>
    fc
      .tuple(fc.integer({ min: 1, max: Math.min(3, size) }), opset(9), fc.boolean())
      .map(([parts, version, even]): Case => {
        const sizes = Array.from({ length: parts }, (_, i) => (i < parts - 1 ? 1 : size - parts + 1));
        const isEven = even && size % parts === 0;
        const isAttribute = version < 13;
        return {
          opset: version,
          inputs:
            isEven || isAttribute
              ? [x]
              : [x, { type: 'int64', dims: [parts], values: sizes, isStored: even }],
          attributes: {
            axis: version < 11 ? (axis + x.dims.length) % x.dims.length : axis,
            ...(isAttribute && !isEven ? { split: sizes } : {}),
            ...(version >= 18 && isEven ? { num_outputs: parts } : {}),
          },
          outputs: sizes.map(() => x.type),
        };
      }),
  ),
  Pad: unary(['float32', 'float64', 'int32', 'int64'], 9)
    .filter((c) => (c.inputs[0] as Data).dims.length > 0)
    .chain((c) => {
      const x = c.inputs[0] as Data;
      return fc
        .tuple(
          fc.constantFrom('constant', 'reflect', 'edge', ...(c.opset >= 19 ? ['wrap'] : [])),
          fc.tuple(...[...x.dims, ...x.dims].map((dim) => fc.integer({ min: 0, max: dim - 1 }))),
          data(x.type, [], [1, 4]),
          fc.boolean(),
        )
        .map(
          ([mode, pads, value, isStored]): Case =>
            c.opset < 11
              ? { ...c, attributes: { mode, pads } }
              : {
                  ...c,
                  attributes: { mode },
                  inputs: [
                    x,
                    { type: 'int64', dims: [pads.length], values: pads, isStored },
                    ...(mode === 'constant' ? [value] : []),
                  ],
                },
        );
    }),
  Trilu: fc
    .tuple(fc.constantFrom<TensorType>('float32', 'float64', 'int64', 'bool'), dimsOf(2))
    .chain(([type, dims]) =>
      fc.record({
        opset: opset(14),
        inputs: fc.tuple(
          data(type, dims),
          fc.integer({ min: -3, max: 3 }).chain((k) => wholes([k], 'int64', [])),
        ),
        attributes: some({ upper: flag }),
        outputs: fc.constant([type]),
      }),
    ),
  Gather: along([...SOME, 'uint8'], (x, axis, size) =>
    dimsOf(0, 2).chain((dims) =>
      fc.record({
        opset: opset(11),
        inputs: fc.tuple(fc.constant(x), indicesInto(size, dims)),
        attributes: fc.constant({ axis }),
        outputs: fc.constant([x.type]),
      }),
    ),
  ),
  GatherElements: along(SOME, (x, axis, size) =>
    smaller(x.dims).chain((dims) =>
      fc.record({
        opset: opset(11),
        inputs: fc.tuple(fc.constant(x), indicesInto(size, dims)),
        attributes: fc.constant({ axis }),
        outputs: fc.constant([x.type]),
      }),
    ),
  ),
  ScatterElements: along(['float32', 'float64', 'int32', 'int64'], (x, axis, size) =>
    fc.record({
      opset: opset(16),
      // One update, so that no place is written twice, unless they are merged.
      inputs: fc
        .constant(x.dims.map(() => 1))
        .chain((dims) => fc.tuple(fc.constant(x), indicesInto(size, dims), data(x.type, dims))),
      attributes: some({ reduction: fc.constantFrom('none', 'add', 'mul') }).map((a) => ({ ...a, axis })),
      outputs: fc.constant([x.type]),
    }),
  ),
  GatherND: fc.tuple(fc.constantFrom(...SOME), dimsOf(1, 4)).chain(([type, dims]) =>
    fc
      .tuple(fc.integer({ min: 1, max: dims.length }), dimsOf(0, 2))
      .chain(([depth, lead]) =>
        fc.tuple(data(type, dims), data('int64', [...lead, depth], [0, Math.min(...dims) - 1]), opset(12)),
      )
      .map(([x, indices, version]): Case => ({ opset: version, inputs: [x, indices], outputs: [type] })),
  ),
  ScatterND: fc.constantFrom<TensorType>('float32', 'int64').chain((type) =>
    fc.tuple(dimsOf(1, 3), opset(16)).chain(([dims, version]) =>
      fc.integer({ min: 1, max: dims.length }).chain((depth) =>
        fc
          .tuple(
            data(type, dims),
            data('int64', [1, depth], [0, Math.min(...dims) - 1]),
            data(type, [1, ...dims.slice(depth)]),
            fc.constantFrom('none', 'add', 'mul'),
          )
          .map(
            ([x, indices, updates, how]): Case => ({
              opset: version,
              inputs: [x, indices, updates],
              attributes: { reduction: how },
              outputs: [type],
            }),
          ),
      ),
    ),
  ),
  Concat: along([...ALL, 'string'], (x, axis) =>
    fc.record({
      opset: opset(11),
      inputs: fc.tuple(fc.constant(x), data(x.type, x.dims)),
      attributes: fc.constant({ axis }),
      outputs: fc.constant([x.type]),
    }),
  ),
  Shape: unary(['float32', 'string'], 9)
    .chain((c) =>
      some(c.opset >= 15 ? { start: fc.integer({ min: -2, max: 0 }) } : {}).map((attributes) => ({
        ...c,
        attributes,
        outputs: ['int64'] as const,
      })),
    )
    .filter((c) => (c.inputs[0] as Data).dims.length > 0),
  Size: unary(['float32', 'int64'], 9).map((c) => ({ ...c, outputs: ['int64'] as const })),
  Range: fc.constantFrom<TensorType>('float32', 'float64', 'int32', 'int64').chain((type) =>
    fc.record({
      opset: opset(11),
      inputs: fc.tuple(data(type, [], [-8, 0]), data(type, [], [4, 16]), data(type, [], [1, 8])),
      outputs: fc.constant([type]),
    }),
  ),
  ConstantOfShape: fc.constantFrom<TensorType>('float32', 'int64', 'int32', 'bool', 'float64').chain((type) =>
    fc.record({
      opset: opset(9),
      inputs: dimsOf(1).chain((dims) => fc.tuple(wholes(dims))),
      attributes: fc.constant({
        value: {
          type: type as 'float32',
          dims: [1],
          data: {
            float32: Float32Array,
            int64: BigInt64Array,
            int32: Int32Array,
            bool: Uint8Array,
            float64: Float64Array,
          }[type as 'float32'].of(...(type === 'int64' ? [1n as unknown as number] : [1])),
        },
      }),
      outputs: fc.constant([type]),
    }),
  ),
  OneHot: dimsOf(0, 3).chain((dims) =>
    fc.record({
      opset: opset(11),
      inputs: fc.tuple(data('int64', dims, [-3, 4]), wholes([3], 'int64', []), data('float32', [2])),
      attributes: some({ axis: axisOf(dims.length + 1) }),
      outputs: fc.constant(['float32'] as const),
    }),
  ),
  Cast: fc
    .tuple(
      fc.constantFrom<TensorType>(...ALL, 'bool'),
      fc.constantFrom<[TensorType, number]>(
        ['float32', 1],
        ['uint8', 2],
        ['int8', 3],
        ['uint16', 4],
        ['int16', 5],
        ['int32', 6],
        ['int64', 7],
        ['bool', 9],
        ['float64', 11],
        ['uint32', 12],
        ['uint64', 13],
      ),
    )
    .chain(([from, [to, code]]) =>
      fc.record({
        opset: opset(13),
        inputs: dimsOf().chain((dims) =>
          fc.tuple(data(from, dims, to.startsWith('u') ? [0, 16] : [-16, 16])),
        ),
        attributes: fc.constant({ to: code }),
        outputs: fc.constant([to]),
      }),
    ),
  CastLike: fc.tuple(fc.constantFrom(...SOME), fc.constantFrom(...SOME)).chain(([from, to]) =>
    fc.record({
      opset: opset(15),
      inputs: dimsOf().chain((dims) => fc.tuple(data(from, dims), data(to, [1]))),
      outputs: fc.constant([to]),
    }),
  ),
  MatMul: matrices(SOME).chain(([a, b]) =>
    fc.record({ opset: opset(13), inputs: fc.constant([a, b]), outputs: fc.constant([a.type]) }),
  ),
  Gemm: fc
    .tuple(
      fc.constantFrom<TensorType>('float32', 'float64'),
      flag,
      flag,
      fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 6 }))),
    )
    .chain(([type, transA, transB, [m = 1, k = 1, n = 1]]) =>
      fc.record({
        opset: opset(11),
        inputs: fc.tuple(
          data(type, transA ? [k, m] : [m, k]),
          data(type, transB ? [n, k] : [k, n]),
          fc.constantFrom([], [1], [n], [m, 1], [m, n]).chain((dims) => data(type, dims)),
        ),
        attributes: some({ alpha: float(-2, 2), beta: float(-2, 2) }).map((a) => ({ ...a, transA, transB })),
        outputs: fc.constant([type]),
      }),
    ),
  MatMulInteger: fc
    .tuple(
      fc.constantFrom<TensorType>('uint8', 'int8'),
      fc.constantFrom<TensorType>('uint8', 'int8'),
      fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 6 }))),
      fc.boolean(),
    )
    .chain(([a, b, [m = 1, k = 1, n = 1], perColumn]) =>
      fc.record({
        opset: opset(10),
        inputs: fc.tuple(
          data(a, [m, k], [-128, 127]),
          data(b, [k, n], [-128, 127]),
          data(a, [], [-9, 9]),
          data(b, perColumn ? [n] : [], [-9, 9]),
        ),
        outputs: fc.constant(['int32'] as const),
      }),
    ),
  QuantizeLinear: quantized('QuantizeLinear'),
  DequantizeLinear: quantized('DequantizeLinear'),
  DynamicQuantizeLinear: unary(['float32'], 11, {}, [-64, 64]).map((c) => ({
    ...c,
    outputs: ['uint8', 'float32', 'uint8'] as const,
  })),
  LayerNormalization: along(['float32', 'float64'], (x, axis) => {
    const shape = x.dims.slice(axis < 0 ? axis + x.dims.length : axis);
    return fc.record({
      opset: opset(17),
      inputs: fc.tuple(fc.constant(x), data(x.type, shape), data(x.type, shape)),
      attributes: some({ epsilon: float(1, 2) }).map((a) => ({ ...a, axis })),
      outputs: fc.constantFrom([x.type], [x.type, x.type, x.type]),
    });
  }),
  RMSNormalization: along(['float32'], (x, axis) =>
    fc.record({
      opset: fc.constant(23),
      inputs: fc.tuple(fc.constant(x), data(x.type, x.dims.slice(axis < 0 ? axis + x.dims.length : axis))),
      attributes: fc.constant({ axis }),
      outputs: fc.constant([x.type]),
    }),
  ),
  InstanceNormalization: dimsOf(3, 4).chain((dims) =>
    fc.record({
      opset: opset(9),
      inputs: fc.tuple(
        data('float32', dims),
        data('float32', [dims[1] as number]),
        data('float32', [dims[1] as number]),
      ),
      attributes: some({ epsilon: float(1, 2) }),
      outputs: fc.constant(['float32'] as const),
    }),
  ),
  BatchNormalization: fc
    .tuple(fc.constantFrom<TensorType>('float32', 'float64'), dimsOf(2, 4))
    .chain(([type, dims]) => {
      const shape = [dims[1] as number];
      return fc.record({
        opset: opset(9),
        inputs: fc.tuple(
          data(type, dims),
          data(type, shape),
          data(type, shape),
          data(type, shape),
          data(type, shape, [1, 16]),
        ),
        attributes: some({ epsilon: float(0, 1) }),
        outputs: fc.constant([type]),
      });
    }),
  LpNormalization: rows(['float32', 'float64'], 11, { p: fc.integer({ min: 1, max: 2 }) }),
  Dropout: unary(FLOATS, 12).chain((c) =>
    fc.constantFrom([...c.outputs], [...c.outputs, 'bool' as const]).map((outputs) => ({ ...c, outputs })),
  ),
  'ai.onnx.ml.Scaler': grid.chain(([n, w]) =>
    fc.record({
      opset: opset(15),
      inputs: fc.constantFrom<TensorType>(...SOME).chain((type) => fc.tuple(table([n, w], type))),
      attributes: fc
        .constantFrom(1, w)
        .chain((count) => fc.record({ offset: floats(count), scale: floats(count) }))
        .map(({ offset, scale }) => ({ offset: { floats: offset }, scale: { floats: scale } })),
      outputs: fc.constant(['float32'] as const),
    }),
  ),
  'ai.onnx.ml.Normalizer': grid.chain(([n, w]) =>
    fc.record({
      opset: opset(15),
      inputs: fc.tuple(table([n, w])),
      attributes: fc.constantFrom('MAX', 'L1', 'L2').map((norm) => ({ norm })),
      outputs: fc.constant(['float32'] as const),
    }),
  ),
  'ai.onnx.ml.Binarizer': grid.chain(([n, w]) =>
    fc.record({
      opset: opset(15),
      inputs: fc.tuple(table([n, w])),
      attributes: some({ threshold: float(-1, 1) }),
      outputs: fc.constant(['float32'] as const),
    }),
  ),
  'ai.onnx.ml.Imputer': grid.chain(([n, w]) =>
    fc.constantFrom(1, w).chain((count) =>
      fc.oneof(
        fc.record({
          opset: opset(15),
          inputs: fc.tuple(data('float32', [n, w], [-2, 2])),
          attributes: floats(count).map((values) => ({
            imputed_value_floats: { floats: values },
            replaced_value_float: { float: 0.25 },
          })),
          outputs: fc.constant(['float32'] as const),
        }),
        fc.record({
          opset: opset(15),
          inputs: fc.tuple(data('int64', [n, w], [-2, 2])),
          attributes: floats(count).map((values) => ({
            imputed_value_int64s: values.map(Math.round),
            replaced_value_int64: 1,
          })),
          outputs: fc.constant(['int64'] as const),
        }),
      ),
    ),
  ),
  'ai.onnx.ml.ArrayFeatureExtractor': grid.chain(([n, w]) =>
    fc.record({
      opset: opset(15),
      inputs: fc
        .integer({ min: 1, max: 3 })
        .chain((count) => fc.tuple(table([n, w]), data('int64', [count], [0, w - 1]))),
      outputs: fc.constant(['float32'] as const),
    }),
  ),
  'ai.onnx.ml.LinearRegressor': fc.tuple(grid, fc.integer({ min: 1, max: 3 })).chain(([[n, w], targets]) =>
    fc.record({
      opset: opset(15),
      inputs: fc.tuple(table([n, w])),
      attributes: fc
        .record({
          coefficients: floats(w * targets),
          intercepts: floats(targets),
          post_transform: targets > 1 ? post : fc.constant('NONE'),
        })
        .map(({ coefficients, intercepts, post_transform }) => ({
          coefficients: { floats: coefficients },
          intercepts: { floats: intercepts },
          targets,
          post_transform,
        })),
      outputs: fc.constant(['float32'] as const),
    }),
  ),
  'ai.onnx.ml.LinearClassifier': fc
    .tuple(grid, fc.integer({ min: 1, max: 3 }), fc.boolean())
    .chain(([[n, w], classes, texts]) =>
      fc.record({
        opset: opset(15),
        inputs: fc.tuple(table([n, w])),
        attributes: fc
          .record({ coefficients: floats(w * classes), intercepts: floats(classes), post_transform: post })
          .map(({ coefficients, intercepts, post_transform }): Attributes => {
            const count = Math.max(2, classes);
            return {
              coefficients: { floats: coefficients },
              intercepts: { floats: intercepts },
              post_transform,
              ...(texts
                ? { classlabels_strings: { strings: ['a', 'b', 'c'].slice(0, count) } }
                : { classlabels_ints: [4, 7, 9].slice(0, count) }),
            };
          }),
        outputs: fc.constant([texts ? 'string' : 'int64', 'float32'] as const),
      }),
    ),
  'ai.onnx.ml.LabelEncoder': fc
    .tuple(
      fc.constantFrom('floats', 'int64s', 'strings'),
      fc.constantFrom('floats', 'int64s', 'strings'),
      dimsOf(1, 2),
    )
    .filter(([a, b]) => a !== b || a === 'strings')
    .chain(([from, to, dims]) => {
      const types = { floats: 'float32', int64s: 'int64', strings: 'string' } as const;
      const lists: Record<string, Attributes[string]> = {
        floats: { floats: [1, 2, 0.5] },
        int64s: [1, 2, 5],
        strings: { strings: ['a', 'b', 'x'] },
      };
      const type = types[from as 'floats'];
      return fc.record({
        opset: opset(15),
        inputs: fc.tuple(data(type, dims, [0, 8])),
        attributes: some({
          default_float: fc.constant({ float: 9 }),
          default_int64: fc.constant(9),
          default_string: fc.constant('?'),
        }).map((a) => ({
          ...a,
          [`keys_${from}`]: lists[from] as Attributes[string],
          [`values_${to}`]: lists[to] as Attributes[string],
        })),
        outputs: fc.constant([types[to as 'floats']]),
      });
    }),
  'ai.onnx.ml.OneHotEncoder': fc
    .tuple(fc.constantFrom<TensorType>('int64', 'string', 'float32'), dimsOf(1, 2))
    .chain(([type, dims]) =>
      fc.record({
        opset: opset(15),
        inputs: fc.tuple(data(type, dims, [0, 4])),
        attributes: fc.constant<Attributes>(
          type === 'string'
            ? { cats_strings: { strings: ['a', 'b'] }, zeros: 1 }
            : { cats_int64s: [0, 1, 3], zeros: 1 },
        ),
        outputs: fc.constant(['float32'] as const),
      }),
    ),
  'ai.onnx.ml.TreeEnsembleRegressor': fc
    .tuple(grid, fc.integer({ min: 1, max: 3 }))
    .chain(([[n, w], targets]) =>
      fc.record({
        opset: opset(15),
        inputs: fc.tuple(treeRows([n, w])),
        attributes: fc
          .record({
            trees: fc.array(tree(w, targets), { minLength: 1, maxLength: 4 }),
            base: fc.option(floats(targets)),
            aggregate_function: fc.constantFrom('SUM', 'AVERAGE', 'MIN', 'MAX'),
            post_transform: targets > 1 ? post : fc.constant('NONE'),
          })
          .map(({ trees, base, aggregate_function, post_transform }) => ({
            ...treeAttributes(trees, 'target'),
            ...(base ? { base_values: { floats: base } } : {}),
            aggregate_function,
            post_transform,
            n_targets: targets,
          })),
        outputs: fc.constant(['float32'] as const),
      }),
    ),
  // Not votes for both of two classes: onnxruntime labels those 0 or 1, by the second score alone, not with the top class.
  'ai.onnx.ml.TreeEnsembleClassifier': fc
    .tuple(grid, fc.constantFrom(1, 3, 4), fc.boolean())
    .chain(([[n, w], voted, texts]) => {
      const classes = Math.max(2, voted);
      return fc.record({
        opset: opset(15),
        inputs: fc.tuple(treeRows([n, w])),
        attributes: fc
          .record({
            trees: fc.array(tree(w, voted), { minLength: 1, maxLength: 4 }),
            post_transform: post,
          })
          .map(
            ({ trees, post_transform }): Attributes => ({
              ...treeAttributes(trees, 'class'),
              post_transform,
              ...(texts
                ? { classlabels_strings: { strings: ['a', 'b', 'c', 'd'].slice(0, classes) } }
                : { classlabels_int64s: [4, 7, 9, 2].slice(0, classes) }),
            }),
          ),
        outputs: fc.constant([texts ? 'string' : 'int64', 'float32'] as const),
      });
    }),
  RNN: recurrent(1),
  GRU: recurrent(3, { linear_before_reset: flag }),
  LSTM: recurrent(4),
  Einsum: fc
    .tuple(
      fc.constantFrom(...EQUATIONS),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 26, maxLength: 26 }),
      opset(12),
    )
    .chain(([[equation, ...terms], sizes, version]) =>
      fc
        .tuple(
          ...terms.map((term) =>
            data(
              'float32',
              [...term].map((letter) => sizes[letter.charCodeAt(0) - 97] as number),
            ),
          ),
        )
        .map((inputs): Case => ({ opset: version, inputs, attributes: { equation }, outputs: ['float32'] })),
    ),
};
