import { float32, int64 } from '../model-builder.ts';
import type { ExportedModel } from './exported-model.ts';
import { createGraphWriter, type GraphWriter, index, integers, scalar } from './graph-writer.ts';
import { torchDense, torchLinear } from './torch-linear.ts';

/** DeepFM (Guo et al. 2017): a table for each field, the factorization machine as half of square of sum less sum of
 * squares, and dense layers. Pow as PyTorch writes squares. */
function deepFm(): ExportedModel {
  const graph = createGraphWriter('torch', 21);
  const { op, constant, weight } = graph;
  const fields = [0, 1, 2];
  const table = (kind: string, width: number): string[] =>
    fields.map((field) => {
      const ids = op('Gather', ['fields', constant(index(field))], { attributes: { axis: 1 } });
      const rows = op('Gather', [weight(`${kind}.${field}.weight`, [7, width]), ids], {
        at: `/${kind}.${field}`,
      });
      return op('Unsqueeze', [rows, constant(integers(1))]);
    });
  const embedded = op('Concat', table('embeddings', 4), { attributes: { axis: 1 } });
  const terms = op('Concat', table('linear', 1), { attributes: { axis: 1 } });
  const sum = (x: string, keepdims: number): string =>
    op('ReduceSum', [x, constant(integers(1))], { attributes: { keepdims }, at: '/fm' });
  const square = (x: string): string => op('Pow', [x, constant(scalar(2), '/fm')], { at: '/fm' });
  const pairs = op('Sub', [square(sum(embedded, 0)), sum(square(embedded), 0)], { at: '/fm' });
  const fm = op('Mul', [sum(pairs, 1), constant(scalar(0.5), '/fm')], { at: '/fm' });
  const flat = op('Flatten', [embedded], { attributes: { axis: 1 } });
  const deep = torchDense(graph, '/mlp', flat, [12, 8, 1]);
  const wide = op('Add', [sum(terms, 0), fm]);
  op('Sigmoid', [op('Squeeze', [op('Add', [wide, deep]), constant(integers(1))])], { as: 'probability' });
  return {
    name: 'DeepFM (PyTorch)',
    spec: {
      ...written(graph),
      inputs: [{ name: 'fields', type: 'int64', dims: ['batch_size', 3] }],
      outputs: [{ name: 'probability', dims: ['batch_size'] }],
    },
    feeds: [{ name: 'fields', dims: [6, 3], below: 7 }],
  };
}

/** DCN-v2 (Wang et al. 2021): cross layers `x0 * (W x + b) + x`, one of them of low rank, beside dense layers. */
function deepAndCross(): ExportedModel {
  const graph = createGraphWriter('torch', 22);
  const { op, weight } = graph;
  const cross = (x: string, projected: string, at: string): string =>
    op('Add', [op('Mul', ['features', projected], { at }), x], { at });
  const first = cross('features', torchLinear(graph, '/cross/0', 'features', [6, 6]), '/cross/0');
  const low = op('MatMul', [first, weight('onnx::MatMul_40', [6, 2], 6)], { at: '/cross/1/v' });
  const second = cross(first, torchLinear(graph, '/cross/1/u', low, [2, 6]), '/cross/1');
  const deep = op('Relu', [torchDense(graph, '/deep', 'features', [6, 8, 4])], { at: '/deep/3' });
  const joined = op('Concat', [second, deep], { attributes: { axis: -1 } });
  const logit = torchLinear(graph, '/head', joined, [10, 1]);
  op('Sigmoid', [logit], { as: 'probability' });
  return {
    name: 'DCN-v2 (PyTorch)',
    spec: {
      ...written(graph),
      inputs: [{ name: 'features', dims: ['batch_size', 6] }],
      outputs: [{ name: 'probability', dims: ['batch_size', 1] }],
    },
    feeds: [{ name: 'features', dims: [5, 6] }],
  };
}

/** Two towers, each to unit length as `F.normalize` is written, multiplied and divided by a temperature. */
function twoTowers(): ExportedModel {
  const graph = createGraphWriter('torch', 23);
  const { op, constant } = graph;
  const tower = (name: string, input: string, width: number): string => {
    const at = `/${name}`;
    const x = torchDense(graph, `${at}/net`, input, [width, 8, 4]);
    const length = op('ReduceL2', [x], { attributes: { axes: [-1], keepdims: 1 }, at });
    const safe = op('Clip', [length, constant(scalar(1e-12), at), ''], { at });
    return op('Div', [x, op('Expand', [safe, op('Shape', [x], { at })], { at })], { at });
  };
  const visitor = tower('visitor', 'visit', 5);
  const turned = op('Transpose', [tower('item', 'items', 3)], { attributes: { perm: [1, 0] } });
  op('Div', [op('MatMul', [visitor, turned]), constant(scalar(0.07))], { as: 'score' });
  return {
    name: 'two towers of unit length (PyTorch)',
    spec: {
      ...written(graph),
      inputs: [
        { name: 'visit', dims: [1, 5] },
        { name: 'items', dims: ['items', 3] },
      ],
      outputs: [{ name: 'score', dims: [1, 'items'] }],
    },
    feeds: [
      { name: 'visit', dims: [1, 5] },
      { name: 'items', dims: [9, 3] },
    ],
  };
}

/** GRU4Rec (Hidasi et al. 2016): `nn.GRU(batch_first=True)`, whose state begins with zeros of the batch's size, and the
 * last step against all items. */
function gru4rec(): ExportedModel {
  const graph = createGraphWriter('torch', 24);
  const { op, constant, weight } = graph;
  const [items, embedding, hidden] = [11, 4, 5] as const;
  const table = weight('item.weight', [items, embedding], 4);
  const embedded = op('Gather', [table, 'history'], { at: '/item' });
  const steps = op('Transpose', [embedded], { attributes: { perm: [1, 0, 2] }, at: '/gru' });
  const rows = op('Gather', [op('Shape', [embedded], { at: '/gru' }), constant(index(0), '/gru')], {
    attributes: { axis: 0 },
    at: '/gru',
  });
  const size = op(
    'Concat',
    [
      constant(integers(1), '/gru'),
      op('Unsqueeze', [rows, constant(integers(0), '/gru')], { at: '/gru' }),
      constant(integers(hidden), '/gru'),
    ],
    { attributes: { axis: 0 }, at: '/gru' },
  );
  const state = op('Expand', [constant(float32([1, 1, 1], [0]), '/gru'), size], { at: '/gru' });
  const last = op(
    'GRU',
    [
      steps,
      weight('onnx::GRU_50', [1, 3 * hidden, embedding], embedding),
      weight('onnx::GRU_51', [1, 3 * hidden, hidden], hidden),
      weight('onnx::GRU_52', [1, 6 * hidden]),
      '',
      state,
    ],
    {
      attributes: { hidden_size: hidden, linear_before_reset: 1 },
      at: '/gru',
      more: ['/gru/GRU_output_1'],
    },
  );
  const states = op('Squeeze', [last, constant(integers(1), '/gru')], { at: '/gru' });
  const ordered = op('Transpose', [states], { attributes: { perm: [1, 0, 2] }, at: '/gru' });
  const visit = op('Gather', [ordered, constant(index(-1))], { attributes: { axis: 1 } });
  torchLinear(graph, '/head', visit, [hidden, items], 'score');
  return {
    name: 'GRU4Rec (PyTorch)',
    spec: {
      ...written(graph),
      inputs: [{ name: 'history', type: 'int64', dims: ['batch_size', 'steps'] }],
      outputs: [{ name: 'score', dims: ['batch_size', items] }],
    },
    feeds: [{ name: 'history', dims: [3, 6], below: items }],
  };
}

/** `nn.LSTM` over a history, its last hidden state taken from the second output. */
function lstm(): ExportedModel {
  const graph = createGraphWriter('torch', 25);
  const { op, constant, weight, store } = graph;
  const hidden = 4;
  const steps = op('Transpose', ['steps'], { attributes: { perm: [1, 0, 2] } });
  op(
    'LSTM',
    [
      steps,
      weight('onnx::LSTM_60', [1, 4 * hidden, 3], 3),
      weight('onnx::LSTM_61', [1, 4 * hidden, hidden], hidden),
      weight('onnx::LSTM_62', [1, 8 * hidden]),
      '',
      store('h0', float32([1, 2, hidden], new Float32Array(2 * hidden))),
      store('c0', float32([1, 2, hidden], new Float32Array(2 * hidden))),
    ],
    {
      attributes: { hidden_size: hidden },
      at: '/lstm',
      more: ['/lstm/LSTM_output_1', '/lstm/LSTM_output_2'],
    },
  );
  const last = op('Squeeze', ['/lstm/LSTM_output_1', constant(integers(0))]);
  torchLinear(graph, '/head', last, [hidden, 1], 'score');
  return {
    name: 'LSTM (PyTorch)',
    spec: {
      ...written(graph),
      inputs: [{ name: 'steps', dims: [2, 'T', 3] }],
      outputs: [{ name: 'score', dims: [2, 1] }],
    },
    feeds: [{ name: 'steps', dims: [2, 5, 3] }],
  };
}

/** SparseArch by masks: mean of the embeddings of a padded history, as `masked_fill` and a division by the count. */
function maskedMean(): ExportedModel {
  const graph = createGraphWriter('torch', 26);
  const { op, constant, weight } = graph;
  const embedded = op('Gather', [weight('item.weight', [9, 4]), 'history'], { at: '/item' });
  const isItem = op('Not', [op('Equal', ['history', constant(index(0))])]);
  const mask = op('Cast', [op('Unsqueeze', [isItem, constant(integers(-1))])], { attributes: { to: 1 } });
  const kept = op('Where', [
    op('Expand', [op('Unsqueeze', [isItem, constant(integers(-1))]), op('Shape', [embedded])]),
    embedded,
    constant(scalar(0)),
  ]);
  const sum = op('ReduceSum', [kept, constant(integers(1))], { attributes: { keepdims: 0 } });
  const count = op('ReduceSum', [mask, constant(integers(1))], { attributes: { keepdims: 0 } });
  const mean = op('Div', [sum, op('Clip', [count, constant(scalar(1))])]);
  const ranges = op('Slice', [mean, ...[0, 4, 1, 2].map((x) => constant(int64([1], [x])))]);
  torchLinear(graph, '/head', ranges, [2, 1], 'score');
  return {
    name: 'masked mean of a history (PyTorch)',
    spec: {
      ...written(graph),
      inputs: [{ name: 'history', type: 'int64', dims: ['batch_size', 'steps'] }],
      outputs: [{ name: 'score', dims: ['batch_size', 1] }],
    },
    feeds: [{ name: 'history', dims: [3, 6], below: 9, zeroEvery: 2 }],
  };
}

function written({
  nodes,
  initializers,
}: GraphWriter): Pick<ExportedModel['spec'], 'nodes' | 'initializers' | 'opset'> {
  return { nodes, initializers, opset: 17 };
}

export const torchRecommenders: readonly ExportedModel[] = [
  deepFm(),
  deepAndCross(),
  twoTowers(),
  gru4rec(),
  lstm(),
  maskedMean(),
];
