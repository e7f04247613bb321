import { buildModel, float32, type NodeSpec, type TensorSpec } from '../model-builder.ts';
import { createRandom, type Random } from '../random.ts';

/** A model and what to feed it, as text that any engine can be handed. */
export interface BitModel {
  /** ONNX, in base64. */
  readonly model: string;
  readonly rows: number;
  readonly columns: number;
  readonly features: readonly number[];
}

const ACTIVATIONS: readonly NodeSpec['op'][] = [
  'Relu',
  'LeakyRelu',
  'Sigmoid',
  'Tanh',
  'Gelu',
  'Erf',
  'Softmax',
  'Identity',
];

/** Seeded networks of the MLP tier: dense layers written as MatMul and Add or as Gemm, each activation, batch
 * normalisation, and a product with the input's own first columns. */
export function bitModels(count: number): readonly BitModel[] {
  return Array.from({ length: count }, (_, seed) => {
    const random = createRandom(seed + 1);
    const rows = 1 + random.integer(9);
    const columns = 1 + random.integer(24);
    const features = Array.from(random.floats(rows * columns), (value) => value * 3);
    return { model: Buffer.from(network(columns, random)).toString('base64'), rows, columns, features };
  });
}

function network(columns: number, random: Random): Uint8Array {
  const nodes: NodeSpec[] = [];
  const initializers: Record<string, TensorSpec> = {};
  const constant = (dims: number[], scale = 1): string => {
    const name = `c${Object.keys(initializers).length}`;
    const size = dims.reduce((a, b) => a * b, 1);
    initializers[name] = float32(
      dims,
      random.floats(size).map((value) => value * scale),
    );
    return name;
  };
  const node = (op: string, inputs: string[], attributes?: NodeSpec['attributes']): string => {
    const output = `${op}${nodes.length}`;
    nodes.push({ op, inputs, outputs: [output], ...(attributes && { attributes }) });
    return output;
  };
  let value = 'x';
  let width = columns;
  for (let layer = 0; layer <= random.integer(3); layer++) {
    const next = 1 + random.integer(20);
    value =
      random.integer(2) === 0
        ? node('Add', [node('MatMul', [value, constant([width, next])]), constant([next])])
        : node('Gemm', [value, constant([next, width]), constant([next])], {
            transB: 1,
            alpha: { float: 1.25 },
            beta: { float: 0.75 },
          });
    width = next;
    if (random.integer(3) === 0) value = node('Mul', [value, constant([width])]);
    if (random.integer(4) === 0) value = node('Concat', [value, value], { axis: 1 });
    if (nodes.at(-1)?.op === 'Concat') width *= 2;
    value = node(ACTIVATIONS[random.integer(ACTIVATIONS.length)] ?? 'Relu', [value]);
  }
  const variance = float32(
    [width],
    Float32Array.from({ length: width }, () => random.next() + 0.5),
  );
  initializers.variance = variance;
  nodes.push({
    op: 'BatchNormalization',
    inputs: [value, constant([width]), constant([width]), constant([width]), 'variance'],
    outputs: ['y'],
  });
  return buildModel({
    nodes,
    inputs: [{ name: 'x', type: 'float32', dims: ['N', columns] }],
    outputs: [{ name: 'y' }],
    initializers,
  });
}
