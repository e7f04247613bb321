import { InferenceSession, Tensor } from '@inkling/onnx/full';
import { expect, test } from 'vitest';
import { buildModel } from './model-builder.ts';
import { createRandom } from './random.ts';

// onnxruntime has no Swish of opset 24 yet, so the oracle is the operator's own definition, x · sigmoid(alpha · x).
test.each([undefined, 1, 1.702, -0.5, 0])(
  'Swish with alpha %s is what its definition says',
  async (alpha) => {
    const bytes = buildModel({
      nodes: [
        {
          op: 'Swish',
          inputs: ['x'],
          outputs: ['y'],
          attributes: alpha === undefined ? {} : { alpha: { float: alpha } },
        },
      ],
      inputs: [{ name: 'x', dims: ['N'] }],
      outputs: [{ name: 'y' }],
      opset: 24,
    });
    const drawn = createRandom(24)
      .floats(500)
      .map((v) => v * 8);
    const x = Float32Array.of(...drawn, 0, -0, 90, -90, 1e-30);
    const session = await InferenceSession.create(bytes);
    const { y } = session.runSync({ x: new Tensor('float32', x, [x.length]) });
    const slope = Math.fround(alpha ?? 1);
    const expected = Array.from(x, (v) => v / (1 + Math.exp(-slope * v)));
    const far = expected.findIndex(
      (v, i) => !(Math.abs(v - Number(y?.data[i])) <= 1e-6 + 1e-6 * Math.abs(v)),
    );
    expect(far < 0 ? null : { x: x[far], found: y?.data[far], expected: expected[far] }).toBeNull();
  },
);
