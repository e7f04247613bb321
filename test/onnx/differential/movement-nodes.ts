import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import { along, type Case, flag, type Nodes, opset, some, unary } from './arbitrary-case.ts';
import { ALL, broadcastShapes, data, dimsOf, SOME, wholes } from './arbitrary-data.ts';
import type { Data } from './graph-model.ts';

/** Operators that move elements. */
export const movementNodes: Nodes = {
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
};
