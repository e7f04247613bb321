import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import { along, type Case, flag, type Nodes, opset, some } from './arbitrary-case.ts';
import { data, dimsOf, SOME, wholes } from './arbitrary-data.ts';

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

const arg = along(SOME, (x, axis) =>
  fc.record({
    opset: opset(12),
    inputs: fc.constant([x]),
    attributes: some({ axis: fc.constant(axis), keepdims: flag, select_last_index: flag }),
    outputs: fc.constant(['int64'] as const),
  }),
);

/** Operators along an axis that reduce, choose or add up. */
export const reductionNodes: Nodes = {
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
};
