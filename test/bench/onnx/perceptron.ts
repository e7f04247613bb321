import { createRandom } from '../../onnx/random.ts';
import type { BenchModel } from './bench-model.ts';
import { denseLayers } from './dense-layers.ts';

/** A ranker: rows of features through dense layers with Relu, one score a row. */
export function perceptron(rows: number, widths: readonly number[], target: number): BenchModel {
  const initializers = {};
  const nodes = denseLayers(createRandom(rows), initializers, widths, {
    input: 'features',
    output: 'score',
    prefix: 'net',
  });
  const [width = 1] = widths;
  return {
    id: `perceptron-${rows}`,
    title: `${rows}×${widths.join('→')}`,
    entry: 'onnx',
    target,
    spec: {
      nodes,
      initializers,
      inputs: [{ name: 'features', dims: ['N', width] }],
      outputs: [{ name: 'score', dims: ['N', 1] }],
      opset: 17,
    },
    feeds: [{ name: 'features', dims: [rows, width] }],
  };
}
