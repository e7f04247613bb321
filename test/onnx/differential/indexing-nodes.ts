import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import { along, type Case, type Nodes, opset, some } from './arbitrary-case.ts';
import { ALL, data, dimsOf, SOME } from './arbitrary-data.ts';
import type { Data } from './graph-model.ts';

const indicesInto = (size: number, dims: readonly number[]): fc.Arbitrary<Data> =>
  data('int64', dims, [-size, size - 1]);

const smaller = (dims: readonly number[]): fc.Arbitrary<number[]> =>
  fc.tuple(...dims.map((dim) => fc.integer({ min: 1, max: dim })));

/** Operators that pick by indices, and Concat. */
export const indexingNodes: Nodes = {
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
};
