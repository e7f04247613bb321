import { float32, int64 } from '../model-builder.ts';
import type { ExportedModel } from './exported-model.ts';
import { createGraphWriter, type GraphWriter, index, integers, scalar } from './graph-writer.ts';
import { torchLinear } from './torch-linear.ts';

type Activation = (graph: GraphWriter, x: string, at: string) => string;

const one =
  (op: string, attributes = {}): Activation =>
  (graph, x, at) =>
    graph.op(op, [x], { at, attributes });

/** `nn` activations by their module, as the exporter writes each. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  ReLU: one('Relu'),
  LeakyReLU: one('LeakyRelu', { alpha: { float: 0.01 } }),
  Sigmoid: one('Sigmoid'),
  Tanh: one('Tanh'),
  ReLU6: (graph, x, at) =>
    graph.op('Clip', [x, graph.constant(scalar(0), at), graph.constant(scalar(6), at)], { at }),
  GELU: (graph, x, at) => {
    const scaled = graph.op('Div', [x, graph.constant(scalar(Math.SQRT2), at)], { at });
    const erf = graph.op('Erf', [scaled], { at });
    const above = graph.op('Add', [erf, graph.constant(scalar(1), at)], { at });
    const product = graph.op('Mul', [x, above], { at });
    return graph.op('Mul', [product, graph.constant(scalar(0.5), at)], { at });
  },
  'GELU tanh': (graph, x, at) => {
    const cube = graph.op('Mul', [x, graph.op('Mul', [x, x], { at })], { at });
    const bent = graph.op('Mul', [graph.constant(scalar(0.044715), at), cube], { at });
    const sum = graph.op('Add', [x, bent], { at });
    const inner = graph.op('Mul', [graph.constant(scalar(Math.sqrt(2 / Math.PI)), at), sum], { at });
    const above = graph.op('Add', [graph.constant(scalar(1), at), graph.op('Tanh', [inner], { at })], { at });
    const half = graph.op('Mul', [graph.constant(scalar(0.5), at), x], { at });
    return graph.op('Mul', [half, above], { at });
  },
  SiLU: (graph, x, at) => graph.op('Mul', [x, graph.op('Sigmoid', [x], { at })], { at }),
  Softmax: one('Softmax', { axis: 1 }),
  ELU: one('Elu', { alpha: { float: 1 } }),
  SELU: one('Selu', { alpha: { float: 1.67326 }, gamma: { float: 1.0507 } }),
  CELU: one('Celu', { alpha: { float: 1.5 } }),
  Softplus: one('Softplus'),
  Softsign: one('Softsign'),
  Hardsigmoid: one('HardSigmoid', { alpha: { float: 1 / 6 } }),
  Hardswish: one('HardSwish'),
  Mish: (graph, x, at) => {
    const soft = graph.op('Tanh', [graph.op('Softplus', [x], { at })], { at });
    return graph.op('Mul', [x, soft], { at });
  },
  PReLU: (graph, x, at) => graph.op('PRelu', [x, graph.weight(`${at.slice(1)}.weight`, [1])], { at }),
  LogSoftmax: one('LogSoftmax', { axis: 1 }),
};

function perceptron(name: string, activation: Activation): ExportedModel {
  const graph = createGraphWriter('torch', 5);
  const first = torchLinear(graph, '/net/0', 'features', [6, 8]);
  const normalized = graph.op(
    'BatchNormalization',
    [
      first,
      graph.weight('net.1.weight', [8], 4),
      graph.weight('net.1.bias', [8]),
      graph.weight('net.1.running_mean', [8]),
      graph.store(
        'net.1.running_var',
        float32(
          [8],
          Array.from({ length: 8 }, () => 0.2 + graph.random.next()),
        ),
      ),
    ],
    { at: '/net/1', attributes: { epsilon: { float: 1e-5 }, momentum: { float: 0.9 }, training_mode: 0 } },
  );
  torchLinear(graph, '/net/3', activation(graph, normalized, '/net/2'), [8, 1], 'score');
  return {
    name: `PyTorch, BatchNorm1d and ${name}`,
    spec: {
      nodes: graph.nodes,
      initializers: graph.initializers,
      inputs: [{ name: 'features', dims: ['batch_size', 6] }],
      outputs: [{ name: 'score', dims: ['batch_size', 1] }],
      opset: 17,
    },
    feeds: [{ name: 'features', dims: [7, 6] }],
  };
}

/** `x.view(x.size(0), -1)`: the shape is put together at run time. */
function flattening(): ExportedModel {
  const graph = createGraphWriter('torch', 6);
  const { op, constant } = graph;
  const rows = op('Gather', [op('Shape', ['x']), constant(index(0))], { attributes: { axis: 0 } });
  const parts = [op('Unsqueeze', [rows, constant(integers(0))]), constant(integers(-1))];
  const shape = op('Concat', parts, { attributes: { axis: 0 } });
  const flat = op('Reshape', ['x', shape], { attributes: { allowzero: 0 } });
  torchLinear(graph, '/head', flat, [12, 3], 'score');
  return {
    name: 'PyTorch, view(x.size(0), -1)',
    spec: {
      nodes: graph.nodes,
      initializers: graph.initializers,
      inputs: [{ name: 'x', dims: ['batch_size', 3, 4] }],
      outputs: [{ name: 'score', dims: ['batch_size', 3] }],
      opset: 14,
    },
    feeds: [{ name: 'x', dims: [5, 3, 4] }],
  };
}

/** Embeddings of categories beside numbers, opset 11 of older exports: axes are attributes. */
function embeddings(): ExportedModel {
  const graph = createGraphWriter('torch', 7);
  const { op, constant, weight } = graph;
  const embedded = [0, 1].map((field) => {
    const column = op('Gather', ['categories', constant(index(field))], { attributes: { axis: 1 } });
    return op('Gather', [weight(`embeddings.${field}.weight`, [9, 4]), column], {
      at: `/embeddings.${field}`,
    });
  });
  const column = op('Unsqueeze', ['price'], { attributes: { axes: [1] } });
  const joined = op('Concat', [...embedded, column], { attributes: { axis: 1 } });
  const hidden = op('Relu', [torchLinear(graph, '/net/0', joined, [9, 8])], { at: '/net/1' });
  const logit = torchLinear(graph, '/net/2', hidden, [8, 1]);
  op('Sigmoid', [op('Squeeze', [logit], { attributes: { axes: [-1] } })], { as: 'probability' });
  return {
    name: 'PyTorch, embeddings beside numbers (opset 11)',
    spec: {
      nodes: graph.nodes,
      initializers: graph.initializers,
      inputs: [
        { name: 'categories', type: 'int64', dims: ['N', 2] },
        { name: 'price', dims: ['N'] },
      ],
      outputs: [{ name: 'probability', dims: ['N'] }],
      opset: 11,
    },
    feeds: [
      { name: 'categories', dims: [6, 2], below: 9 },
      { name: 'price', dims: [6] },
    ],
  };
}

/** The exporter of torch.export: other names, typed constants as initializers, Gelu as one operator. */
function dynamo(): ExportedModel {
  const graph = createGraphWriter('plain', 8);
  const { op, weight, store } = graph;
  const gemm = op('Gemm', ['features', weight('net.0.weight', [8, 6], 6), weight('net.0.bias', [8])], {
    as: 'linear',
    attributes: { beta: { float: 1 }, transB: 1, alpha: { float: 1 }, transA: 0 },
  });
  const gelu = op('Gelu', [gemm], { as: 'gelu', attributes: { approximate: 'none' } });
  const view = op('Reshape', [gelu, store('val_3', int64([3], [-1, 2, 4]))], {
    as: 'view',
    attributes: { allowzero: 1 },
  });
  const permuted = op('Transpose', [view], { as: 'permute', attributes: { perm: [0, 2, 1] } });
  const mean = op('ReduceMean', [permuted, store('val_4', int64([1], [2]))], {
    as: 'mean',
    attributes: { noop_with_empty_axes: 0, keepdims: 0 },
  });
  op('Clip', [mean, store('val_5', scalar(-0.4)), store('val_6', scalar(0.5))], { as: 'clamp' });
  return {
    name: 'PyTorch, torch.export',
    spec: {
      nodes: graph.nodes,
      initializers: graph.initializers,
      inputs: [{ name: 'features', dims: ['s0', 6] }],
      outputs: [{ name: 'clamp', dims: ['s0', 4] }],
      opset: 20,
    },
    feeds: [{ name: 'features', dims: [3, 6] }],
  };
}

export const torchPerceptrons: readonly ExportedModel[] = [
  ...Object.entries(ACTIVATIONS).map(([name, activation]) => perceptron(name, activation)),
  flattening(),
  embeddings(),
  dynamo(),
];
