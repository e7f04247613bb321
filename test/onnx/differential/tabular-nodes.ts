import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import { type Attributes, float, floats, grid, type Nodes, opset, post, some } from './arbitrary-case.ts';
import { data, dimsOf, SOME } from './arbitrary-data.ts';
import type { Data } from './graph-model.ts';

const table = (rowsAndWidth: readonly [number, number], type: TensorType = 'float32'): fc.Arbitrary<Data> =>
  data(type, rowsAndWidth);

/** Of ai.onnx.ml what takes rows of features, but trees. */
export const tabularNodes: Nodes = {
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
};
