import { float32, int64, type ModelSpec, type NodeSpec, type TensorSpec } from '../../onnx/model-builder.ts';
import { createRandom } from '../../onnx/random.ts';
import type { BenchModel } from './bench-model.ts';
import { weights } from './dense-layers.ts';

const WIDTH = 32;
const LENGTH = 20;
const BLOCKS = 2;
const HEADS = 2;
const ITEMS = 1000;
const CANDIDATES = 100;

/** SASRec (Kang and McAuley 2018), d = 32, L = 20, two blocks of two heads: the last items of a visit against a list of
 * candidates. Item 0 is padding, masked as the paper's code does. */
export function sasRec(): BenchModel {
  const random = createRandom(3);
  const scalar = (value: number): TensorSpec => float32([], [value]);
  const initializers: NonNullable<ModelSpec['initializers']> = {
    'item.weight': weights(random, [ITEMS, WIDTH], 8),
    'position.weight': weights(random, [LENGTH, WIDTH], 16),
    causal: float32(
      [LENGTH, LENGTH],
      Array.from({ length: LENGTH ** 2 }, (_, i) => (i % LENGTH > Math.floor(i / LENGTH) ? -1e9 : 0)),
    ),
    embedding_scale: scalar(Math.sqrt(WIDTH)),
    attention_scale: scalar(1 / Math.sqrt(WIDTH / HEADS)),
    heads: int64([4], [0, 0, HEADS, WIDTH / HEADS]),
    joined: int64([3], [0, 0, WIDTH]),
    last_axis: int64([1], [-1]),
    last: int64([], [LENGTH - 1]),
    column: int64([2], [WIDTH, 1]),
    flat: int64([2], [1, CANDIDATES]),
  };
  const nodes: NodeSpec[] = [];
  const op = (name: string, inputs: string[], output: string, attributes = {}): string => {
    nodes.push({ op: name, inputs, outputs: [output], attributes });
    return output;
  };
  const norm = (input: string, name: string): string => {
    initializers[`${name}.weight`] = weights(random, [WIDTH], 4);
    initializers[`${name}.bias`] = weights(random, [WIDTH], 64);
    return op('LayerNormalization', [input, `${name}.weight`, `${name}.bias`], name, { axis: -1 });
  };
  const linear = (input: string, name: string): string => {
    initializers[`${name}.weight`] = weights(random, [WIDTH, WIDTH], WIDTH);
    initializers[`${name}.bias`] = weights(random, [WIDTH], 64);
    return op('Add', [op('MatMul', [input, `${name}.weight`], `${name}.product`), `${name}.bias`], name);
  };
  const split = (input: string, perm: number[]): string =>
    op('Transpose', [op('Reshape', [input, 'heads'], `${input}.split`)], `${input}.heads`, { perm });

  const kept = op('Cast', [op('Cast', ['history'], 'is_item', { to: 9 })], 'is_item.float', { to: 1 });
  const mask = op('Unsqueeze', [kept, 'last_axis'], 'mask');
  const embedded = op('Gather', ['item.weight', 'history'], 'embedded');
  const scaled = op('Mul', [embedded, 'embedding_scale'], 'scaled');
  let x = op('Mul', [op('Add', [scaled, 'position.weight'], 'placed'), mask], 'x');
  for (let i = 0; i < BLOCKS; i++) {
    const query = norm(x, `norm.${i}`);
    const q = split(linear(query, `q.${i}`), [0, 2, 1, 3]);
    const k = split(linear(x, `k.${i}`), [0, 2, 3, 1]);
    const v = split(linear(x, `v.${i}`), [0, 2, 1, 3]);
    const scores = op('Mul', [op('MatMul', [q, k], `scores.${i}`), 'attention_scale'], `scaled.${i}`);
    const weighted = op('Softmax', [op('Add', [scores, 'causal'], `causal.${i}`)], `weights.${i}`, {
      axis: -1,
    });
    const mixed = op('Transpose', [op('MatMul', [weighted, v], `mixed.${i}`)], `mixed.${i}.back`, {
      perm: [0, 2, 1, 3],
    });
    const attended = linear(op('Reshape', [mixed, 'joined'], `mixed.${i}.joined`), `out.${i}`);
    const inner = norm(op('Add', [query, attended], `residual.${i}`), `inner.${i}`);
    const hidden = op('Relu', [linear(inner, `conv1.${i}`)], `relu.${i}`);
    const block = op('Add', [linear(hidden, `conv2.${i}`), inner], `block.${i}`);
    x = op('Mul', [block, mask], `masked.${i}`);
  }
  const last = op('Gather', [norm(x, 'norm.last'), 'last'], 'visit', { axis: 1 });
  const items = op('Gather', ['item.weight', 'candidates'], 'items');
  const products = op('MatMul', [items, op('Reshape', [last, 'column'], 'visit.column')], 'products');
  op('Reshape', [products, 'flat'], 'score');

  return {
    id: 'sasrec',
    title: `SASRec d=${WIDTH} L=${LENGTH}`,
    entry: 'full',
    target: 1,
    spec: {
      nodes,
      initializers,
      inputs: [
        { name: 'history', type: 'int64', dims: [1, LENGTH] },
        { name: 'candidates', type: 'int64', dims: [CANDIDATES] },
      ],
      outputs: [{ name: 'score', dims: [1, CANDIDATES] }],
      opset: 17,
    },
    feeds: [
      { name: 'history', dims: [1, LENGTH], below: ITEMS },
      { name: 'candidates', dims: [CANDIDATES], below: ITEMS },
    ],
  };
}
