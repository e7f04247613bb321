import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import { along, float, type Nodes, opset, rows, some, unary } from './arbitrary-case.ts';
import { data, dimsOf, FLOATS } from './arbitrary-data.ts';

/** Normalizations. */
export const normalizationNodes: Nodes = {
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
};
