import { float32, type ModelSpec, type NodeSpec, type TensorSpec } from '../model-builder.ts';
import { createRandom } from '../random.ts';

export interface RandomModel {
  readonly spec: ModelSpec;
  readonly feeds: Readonly<
    Record<
      string,
      { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
    >
  >;
}

type Node = Partial<NodeSpec> & Pick<NodeSpec, 'op' | 'inputs'>;

/** A graph of the MLP tier as a ranker might be: two inputs, joined or combined, layers of every make, odd sizes, and
 * now and then values that are NaN, infinite, tiny or −0. The same for the same seed. */
export function randomPerceptron(seed: number): RandomModel {
  const { integer, floats } = createRandom(seed);
  const pick = <T>(...choices: readonly T[]): T => choices[integer(choices.length)] as T;
  const rows = pick(1, 2, 3, 4, 5, 7, 8, 13, 33, 0);
  const initializers: Record<string, TensorSpec> = {};
  const nodes: NodeSpec[] = [];
  let count = 0;
  const constant = (dims: number[]): string => {
    const name = `c${count++}`;
    initializers[name] = float32(dims, cells(dims.reduce((a, b) => a * b, 1)));
    return name;
  };
  const cells = (size: number): Float32Array => {
    const data = floats(size).map((x) => x * pick(0.1, 1, 3));
    if (size && integer(12) === 0) {
      data[integer(size)] = pick(
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        1e-40,
        -0,
        3e38,
      );
    }
    return data;
  };
  const node = ({ outputs = [`n${count++}`], ...rest }: Node): string => {
    nodes.push({ ...rest, outputs });
    return outputs[0] as string;
  };
  const widths = [1 + integer(20), 1 + integer(20)];
  let width = widths[0] as number;
  let value = 'a';
  const second = 'b';
  if (integer(3)) {
    value = node({ op: 'Concat', inputs: [value, second], attributes: { axis: pick(1, -1) } });
    width += widths[1] as number;
  }
  for (let layer = integer(4); layer >= 0; layer--) {
    const next = pick(1, 2, 3, 4, 7, 8, 9, 16, 17, 31, 32, 40);
    const before = value;
    if (integer(2)) {
      const transB = integer(2);
      value = node({
        op: 'Gemm',
        inputs: [
          value,
          constant(transB ? [next, width] : [width, next]),
          ...(integer(4) ? [constant(pick([next], [1, next], [1]))] : []),
        ],
        attributes: { transB, ...(integer(5) ? {} : { alpha: { float: 0.3 }, beta: { float: -1.7 } }) },
      });
    } else {
      value = node({ op: 'MatMul', inputs: [value, constant([width, next])] });
      const bias = constant(pick([next], [1, next], [1]));
      if (integer(4)) value = node({ op: 'Add', inputs: integer(2) ? [value, bias] : [bias, value] });
    }
    if (!integer(3)) {
      value = node({
        op: 'BatchNormalization',
        inputs: [value, ...[0, 1, 2].map(() => constant([next])), `v${count}`],
      });
      initializers[`v${count - 1}`] = float32([next], floats(next).map(Math.abs));
      nodes.at(-1)?.inputs.splice(4, 1, `v${count - 1}`);
    }
    if (next === width && integer(2))
      value = node({ op: pick('Add', 'Mul', 'Sub'), inputs: [value, before] });
    width = next;
    const activation = pick('Relu', 'Relu', 'Sigmoid', 'Tanh', 'Gelu', 'LeakyRelu', 'Softmax', 'Erf', '');
    if (activation) value = node({ op: activation, inputs: [value] });
    if (!integer(4)) {
      value = node({
        op: pick('Add', 'Sub', 'Mul', 'Div'),
        inputs: [value, pick(constant([width]), constant([1]), constant([]), value)],
      });
    }
  }
  nodes.push({ op: 'Identity', inputs: [value], outputs: ['score'] });
  if (integer(4) === 0) {
    // What a later node changes must not be what an output shows.
    nodes.push({ op: 'Add', inputs: [value, constant([width])], outputs: ['shifted'] });
  } else nodes.push({ op: 'Relu', inputs: [value], outputs: ['shifted'] });
  return {
    spec: {
      nodes,
      initializers,
      inputs: [
        { name: 'a', dims: ['N', widths[0] as number] },
        { name: second, dims: ['N', widths[1] as number] },
      ],
      outputs: [{ name: 'score' }, { name: 'shifted' }],
      opset: 20,
    },
    feeds: Object.fromEntries(
      ['a', second].map((name, i) => {
        const size = widths[i] as number;
        return [name, { type: 'float32', data: cells(rows * size), dims: [rows, size] }];
      }),
    ),
  };
}
