import { fail } from '../onnx-error.ts';
import { FLOAT, type Operators } from '../operator.ts';
import type { Cells } from '../value.ts';
import { add, combine, MULTIPLY } from './elementwise.ts';
import { constant, times } from './linear.ts';

export const batchNormalization: Operators = {
  // x · s + t, where s = scale / √(variance + epsilon) and t = bias − mean · s, each step rounded.
  BatchNormalization: [
    5,
    FLOAT,
    (node) => {
      const epsilon = Math.fround(node.number('epsilon', 1e-5));
      if (node.number('training_mode', 0) || !node.number('spatial', 1)) {
        fail('E_OPERATOR', 'training_mode 0, spatial 1');
      }
      return (x, ...parameters) => {
        const [, channels = 1, ...rest] = x.dims;
        if (parameters.some(({ dims }) => `${dims}` !== `${channels}`)) {
          fail('E_SHAPE', `[${channels}] as parameters`);
        }
        const [scale, bias, mean, variance] = parameters.map(({ data }) => data) as [
          Cells,
          Cells,
          Cells,
          Cells,
        ];
        const { fround } = Math;
        const dims = [channels, ...rest.fill(1)];
        const s = constant(
          dims,
          (i) => (scale[i] as number) / fround(Math.sqrt(fround((variance[i] as number) + epsilon))),
        );
        const t = constant(
          dims,
          (i) => (bias[i] as number) - fround((mean[i] as number) * (s.data[i] as number)),
        );
        const layer = node.layerOf(x);
        if (layer && layer.least < 0 && x.dims.length === 2 && !layer.weights.cell) {
          const { weights, bias: added } = layer;
          weights.data = (weights.data as Float32Array).map((w, i) => w * (s.data[i % channels] as number));
          added.data = (added.data as Float32Array).map(
            (v, i) => fround(v * (s.data[i] as number)) + (t.data[i] as number),
          );
          layer.hasBias = true;
          return x;
        }
        return add(node, combine(node, x, s, MULTIPLY, times), t);
      };
    },
  ],
};
