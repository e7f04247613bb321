import type { ExportedModel } from './exported-model.ts';
import { createGraphWriter, index, integers, scalar } from './graph-writer.ts';
import { torchLinear3d } from './torch-linear.ts';

export interface SasRecSizes {
  readonly width: number;
  readonly length: number;
  readonly blocks: number;
  readonly heads: number;
  readonly items: number;
  readonly candidates: number;
  /** Below 17 layer normalization is written out. */
  readonly opset: number;
}

/** SASRec (Kang and McAuley 2018) as PyTorch exports it: a visit's last items, padded with item 0, against candidates.
 * Padding is multiplied away and masked; no step sees a later one. */
export function sasRec({
  width,
  length,
  blocks,
  heads,
  items,
  candidates,
  opset,
}: SasRecSizes): ExportedModel {
  const graph = createGraphWriter('torch', 31);
  const { op, constant, weight, store } = graph;
  const triangle = Array.from({ length: length ** 2 }, (_, i) => Number(i % length > Math.floor(i / length)));
  const later = store('causal', { type: 'bool', dims: [length, length], data: Uint8Array.from(triangle) });

  const norm = (x: string, at: string): string => {
    const scale = weight(`${at.slice(1)}.weight`, [width], 4);
    const bias = weight(`${at.slice(1)}.bias`, [width], 64);
    const epsilon = 1e-6;
    if (opset >= 17) {
      const attributes = { axis: -1, epsilon: { float: epsilon } };
      return op('LayerNormalization', [x, scale, bias], { at, attributes });
    }
    const mean = (of: string): string => op('ReduceMean', [of], { at, attributes: { axes: [-1] } });
    const centred = op('Sub', [x, mean(x)], { at });
    const variance = mean(op('Pow', [centred, constant(scalar(2), at)], { at }));
    const deviation = op('Sqrt', [op('Add', [variance, constant(scalar(epsilon), at)], { at })], { at });
    const unit = op('Div', [centred, deviation], { at });
    return op('Add', [op('Mul', [unit, scale], { at }), bias], { at });
  };
  const linear = (x: string, at: string): string => torchLinear3d(graph, at, x, [width, width]);
  const split = (x: string, perm: number[], at: string): string => {
    const shape = constant(integers(0, 0, heads, width / heads), at);
    return op('Transpose', [op('Reshape', [x, shape], { at })], { at, attributes: { perm } });
  };

  const isPadding = op('Equal', ['history', constant(index(0))]);
  const kept = op('Cast', [op('Not', [isPadding])], { attributes: { to: 1 } });
  const mask = op('Unsqueeze', [kept, constant(integers(-1))]);
  const keys = op('Unsqueeze', [isPadding, constant(integers(1, 2))]);
  const hidden = op('Or', [keys, later]);
  const table = weight('item.weight', [items, width], 8);
  const embedded = op('Gather', [table, 'history'], { at: '/item' });
  const scaled = op('Mul', [embedded, constant(scalar(Math.sqrt(width)))]);
  let x = op('Mul', [op('Add', [scaled, weight('position.weight', [length, width])]), mask]);
  for (let i = 0; i < blocks; i++) {
    const at = `/attention.${i}`;
    const query = norm(x, `/norm1.${i}`);
    const q = split(linear(query, `${at}/q`), [0, 2, 1, 3], at);
    const k = split(linear(x, `${at}/k`), [0, 2, 3, 1], at);
    const v = split(linear(x, `${at}/v`), [0, 2, 1, 3], at);
    const scores = op('Div', [op('MatMul', [q, k], { at }), constant(scalar(Math.sqrt(width / heads)), at)], {
      at,
    });
    const masked = op('Where', [hidden, constant(scalar(-1e9), at), scores], { at });
    const weights = op('Softmax', [masked], { at, attributes: { axis: -1 } });
    const mixed = op('Transpose', [op('MatMul', [weights, v], { at })], {
      at,
      attributes: { perm: [0, 2, 1, 3] },
    });
    const joined = op('Reshape', [mixed, constant(integers(0, 0, width), at)], { at });
    const attended = op('Add', [query, linear(joined, `${at}/out`)]);
    const inner = norm(attended, `/norm2.${i}`);
    const forward = op('Relu', [linear(inner, `/forward.${i}/conv1`)], { at: `/forward.${i}` });
    const block = op('Add', [linear(forward, `/forward.${i}/conv2`), inner]);
    x = op('Mul', [block, mask]);
  }
  const visit = op('Gather', [norm(x, '/last'), constant(index(-1))], { attributes: { axis: 1 } });
  const listed = op('Gather', [table, 'candidates'], { at: '/item' });
  const column = op('Unsqueeze', [visit, constant(integers(-1))]);
  const products = op('MatMul', [listed, column]);
  op('Squeeze', [products, constant(integers(-1))], { as: 'score' });
  return {
    name: `SASRec, opset ${opset} (PyTorch)`,
    spec: {
      nodes: graph.nodes,
      initializers: graph.initializers,
      inputs: [
        { name: 'history', type: 'int64', dims: ['batch_size', length] },
        { name: 'candidates', type: 'int64', dims: ['candidates'] },
      ],
      outputs: [{ name: 'score', dims: ['batch_size', 'candidates'] }],
      opset,
    },
    feeds: [
      { name: 'history', dims: [1, length], below: items, zeroEvery: 4 },
      { name: 'candidates', dims: [candidates], below: items },
    ],
  };
}
