import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import { type Nodes, opset, some, unary } from './arbitrary-case.ts';
import { ALL, axisOf, data, dimsOf, SOME, wholes } from './arbitrary-data.ts';
import type { Data } from './graph-model.ts';

/** Operators that make tensors from shapes, and change types. */
export const creationNodes: Nodes = {
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
};
