import { int64, type ModelSpec, type NodeSpec } from '../../onnx/model-builder.ts';
import { createRandom } from '../../onnx/random.ts';
import type { BenchModel } from './bench-model.ts';
import { denseLayers, weights } from './dense-layers.ts';

const ROWS = 500;
const FIELDS = 10;
const VALUES = 200;
const WIDTH = 8;

/** DeepFM (Guo et al. 2017) as PyTorch exports it: one table for all fields with an offset each, a linear term, the
 * factorization machine as half of square of sum less sum of squares, and dense layers, added up. */
export function deepFm(): BenchModel {
  const random = createRandom(2);
  const initializers: NonNullable<ModelSpec['initializers']> = {
    offsets: int64(
      [1, FIELDS],
      Array.from({ length: FIELDS }, (_, i) => i * VALUES),
    ),
    'linear.weight': weights(random, [FIELDS * VALUES, 1], 16),
    'embedding.weight': weights(random, [FIELDS * VALUES, WIDTH], 16),
    axis: int64([1], [1]),
    flat: int64([2], [-1, FIELDS * WIDTH]),
    half: weights(random, [], 16),
  };
  const op = (name: string, inputs: string[], output: string, attributes = {}): NodeSpec => ({
    op: name,
    inputs,
    outputs: [output],
    attributes,
  });
  return {
    id: 'deep-fm',
    title: `DeepFM ${ROWS}×${FIELDS} fields`,
    entry: 'full',
    target: 2,
    spec: {
      nodes: [
        op('Add', ['fields', 'offsets'], 'ids'),
        op('Gather', ['linear.weight', 'ids'], 'terms'),
        op('ReduceSum', ['terms', 'axis'], 'linear', { keepdims: 0 }),
        op('Gather', ['embedding.weight', 'ids'], 'embedded'),
        op('ReduceSum', ['embedded', 'axis'], 'sum', { keepdims: 0 }),
        op('Mul', ['sum', 'sum'], 'square_of_sum'),
        op('Mul', ['embedded', 'embedded'], 'squares'),
        op('ReduceSum', ['squares', 'axis'], 'sum_of_squares', { keepdims: 0 }),
        op('Sub', ['square_of_sum', 'sum_of_squares'], 'pairs'),
        op('ReduceSum', ['pairs', 'axis'], 'pair_sum', { keepdims: 1 }),
        op('Mul', ['pair_sum', 'half'], 'fm'),
        op('Reshape', ['embedded', 'flat'], 'flattened'),
        ...denseLayers(random, initializers, [FIELDS * WIDTH, 64, 32, 1], {
          input: 'flattened',
          output: 'deep',
          prefix: 'mlp',
        }),
        op('Add', ['linear', 'fm'], 'wide'),
        op('Add', ['wide', 'deep'], 'logit'),
        op('Sigmoid', ['logit'], 'score'),
      ],
      initializers,
      inputs: [{ name: 'fields', type: 'int64', dims: ['N', FIELDS] }],
      outputs: [{ name: 'score', dims: ['N', 1] }],
      opset: 17,
    },
    feeds: [{ name: 'fields', dims: [ROWS, FIELDS], below: VALUES }],
  };
}
