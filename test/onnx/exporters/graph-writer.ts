import { float32, int64, type ModelSpec, type NodeSpec, type TensorSpec } from '../model-builder.ts';
import { createRandom, type Random } from '../random.ts';

interface NodeOptions {
  readonly attributes?: NonNullable<NodeSpec['attributes']>;
  /** Path of the module or layer that the node's name begins with. @default '' */
  readonly at?: string;
  /** Name of the first output. @default one in the exporter's manner */
  readonly as?: string;
  /** Names of further outputs. */
  readonly more?: readonly string[];
  readonly domain?: string;
}

/** Puts a graph together as an exporter's tracer does: node by node, each giving the name of its output. */
export interface GraphWriter {
  readonly nodes: NodeSpec[];
  readonly initializers: NonNullable<ModelSpec['initializers']>;
  readonly random: Random;
  op(op: string, inputs: readonly string[], options?: NodeOptions): string;
  /** A `Constant` node, as PyTorch writes literals. */
  constant(value: TensorSpec, at?: string): string;
  /** A stored tensor. */
  store(name: string, value: TensorSpec): string;
  /** A stored tensor of random weights, which keep a layer's output about as large as its input. */
  weight(name: string, dims: number[], fanIn?: number): string;
}

/** @param style `torch`: `/net/0/Gemm` gives `/net/0/Gemm_output_0`; `tf`: `model/dense/MatMul` gives
 * `model/dense/MatMul:0`; `plain`: `N3` gives `variable3` */
export function createGraphWriter(style: 'torch' | 'tf' | 'plain', seed: number): GraphWriter {
  const random = createRandom(seed);
  const nodes: NodeSpec[] = [];
  const initializers: NonNullable<ModelSpec['initializers']> = {};
  const used = new Map<string, number>();
  const named = (op: string, at: string): { name: string; output: string } => {
    if (style === 'plain') return { name: `N${nodes.length}`, output: `variable${nodes.length}` };
    const path = `${at}/${op}`;
    const count = used.get(path) ?? 0;
    used.set(path, count + 1);
    const name = count ? `${path}_${count}` : path;
    return { name, output: style === 'torch' ? `${name}_output_0` : `${name}:0` };
  };
  const op: GraphWriter['op'] = (type, inputs, { attributes = {}, at = '', as, more = [], domain } = {}) => {
    const { name, output } = named(type, at);
    const first = as ?? output;
    nodes.push({
      op: type,
      name,
      inputs: [...inputs],
      outputs: [first, ...more],
      attributes,
      ...(domain && { domain }),
    });
    return first;
  };
  const store: GraphWriter['store'] = (name, value) => {
    initializers[name] = value;
    return name;
  };
  return {
    nodes,
    initializers,
    random,
    op,
    constant: (value, at = '') => op('Constant', [], { attributes: { value }, at }),
    store,
    weight: (name, dims, fanIn = 16) => {
      const size = dims.reduce((a, b) => a * b, 1);
      const values = random.floats(size).map((x) => (x * 1.7) / Math.sqrt(fanIn));
      return store(name, float32(dims, values));
    },
  };
}

export const scalar = (value: number): TensorSpec => float32([], [value]);
export const integers = (...values: number[]): TensorSpec => int64([values.length], values);
export const index = (value: number): TensorSpec => int64([], [value]);
