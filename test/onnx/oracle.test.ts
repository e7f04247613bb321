import { InferenceSession, Tensor } from '@inkling/onnx';
import { Tensor as OracleTensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { compareWithOracle } from './compare-with-oracle.ts';
import { buildModel, float32, type ModelSpec, type NodeSpec, type TensorSpec } from './model-builder.ts';
import { createRandom } from './random.ts';

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'a random perceptron, seed %i, agrees with onnxruntime',
  async (seed) => {
    const { integer, floats: draw } = createRandom(seed + 100);
    const rows = 1 + integer(40);
    const widths = [1 + integer(40), 1 + integer(70), 1 + integer(40), 1];
    const initializers: Record<string, TensorSpec> = {};
    const nodes: NodeSpec[] = [
      { op: 'Concat', inputs: ['a', 'b'], outputs: ['h0'], attributes: { axis: 1 } },
    ];
    const [first = 1] = widths;
    const wide = 1 + integer(20);
    let width = first + wide;
    widths.slice(1).forEach((next, i) => {
      const transposed = integer(2) === 1;
      const weights = draw(width * next).map((x) => x / Math.sqrt(width));
      initializers[`w${i}`] = float32(transposed ? [next, width] : [width, next], weights);
      initializers[`b${i}`] = float32([next], draw(next));
      if (transposed || integer(2)) {
        nodes.push({
          op: 'Gemm',
          inputs: [`h${i}`, `w${i}`, `b${i}`],
          outputs: [`z${i}`],
          attributes: { transB: transposed ? 1 : 0 },
        });
      } else {
        nodes.push({ op: 'MatMul', inputs: [`h${i}`, `w${i}`], outputs: [`m${i}`] });
        nodes.push({ op: 'Add', inputs: [`m${i}`, `b${i}`], outputs: [`z${i}`] });
      }
      const activation = ['Relu', 'Tanh', 'Sigmoid', 'LeakyRelu', 'Gelu'][integer(5)] as string;
      nodes.push({
        op: i === widths.length - 2 ? 'Sigmoid' : activation,
        inputs: [`z${i}`],
        outputs: [`h${i + 1}`],
      });
      width = next;
    });
    await compareWithOracle(
      {
        nodes,
        initializers,
        inputs: [
          { name: 'a', dims: ['N', first] },
          { name: 'b', dims: ['N', wide] },
        ],
        outputs: [{ name: `h${widths.length - 1}`, dims: ['N', 1] }],
      },
      {
        a: new Tensor('float32', draw(rows * first), [rows, first]),
        b: new Tensor('float32', draw(rows * wide), [rows, wide]),
      },
    );
  },
);

test('half-float weights stored in the model are read as floats', async () => {
  const halves = {
    0: 0,
    32768: -0,
    1: 2 ** -24,
    33791: -1023 * 2 ** -24,
    1024: 2 ** -14,
    13653: 0.333251953125,
    15360: 1,
    50432: -5,
    31743: 65504,
    31744: Number.POSITIVE_INFINITY,
    64512: Number.NEGATIVE_INFINITY,
    32256: Number.NaN,
  };
  const bits = Object.keys(halves).map(Number);
  const spec: ModelSpec = {
    nodes: [{ op: 'Cast', inputs: ['w'], outputs: ['y'], attributes: { to: 1 } }],
    initializers: { w: { type: 'float16', dims: [bits.length], data: Uint16Array.from(bits) } },
    inputs: [],
    outputs: [{ name: 'y' }],
  };
  await compareWithOracle(spec, {});
  const { y } = (await InferenceSession.create(buildModel(spec))).runSync({});
  expect(y?.data).toEqual(Float32Array.from(Object.values(halves)));
});

test('onnxruntime tensors are accepted as they are', async () => {
  const session = await InferenceSession.create(
    buildModel({
      nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }],
      inputs: [{ name: 'x', dims: [2] }],
      outputs: [{ name: 'y' }],
    }),
  );
  const { y } = session.runSync({ x: new OracleTensor('float32', Float32Array.of(-1, 2), [2]) });
  expect(y?.data).toEqual(Float32Array.of(0, 2));
});
