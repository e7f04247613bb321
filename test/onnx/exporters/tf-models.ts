import { float32, int64 } from '../model-builder.ts';
import type { ExportedModel } from './exported-model.ts';
import { createGraphWriter, index, integers, scalar } from './graph-writer.ts';

/** A Keras classifier by tf2onnx: MatMul and Add, BatchNormalization as Mul and Add, names with slashes and `:0`. */
function kerasDense(): ExportedModel {
  const { op, weight, store, nodes, initializers } = createGraphWriter('tf', 41);
  const dense = (x: string, name: string, from: number, to: number): string => {
    const at = `model/${name}`;
    const product = op('MatMul', [x, weight(`${at}/MatMul/ReadVariableOp:0`, [from, to], from)], { at });
    return op('Add', [product, weight(`${at}/BiasAdd/ReadVariableOp:0`, [to])], { at });
  };
  const flat = op('Reshape', ['features:0', store('model/flatten/Const:0', int64([2], [-1, 6]))], {
    at: 'model/flatten',
  });
  const first = op('LeakyRelu', [dense(flat, 'dense', 6, 8)], { attributes: { alpha: { float: 0.2 } } });
  const at = 'model/batch_normalization/batchnorm';
  const scaled = op('Mul', [first, weight(`${at}/mul:0`, [8], 4)], { at });
  const normalized = op('Add', [scaled, weight(`${at}/sub:0`, [8])], { at });
  op('Softmax', [dense(normalized, 'dense_1', 8, 3)], { as: 'Identity:0', attributes: { axis: -1 } });
  return {
    name: 'TensorFlow, dense layers (tf2onnx)',
    spec: {
      nodes,
      initializers,
      inputs: [{ name: 'features:0', dims: ['unk__10', 2, 3] }],
      outputs: [{ name: 'Identity:0', dims: ['unk__11', 3] }],
      opset: 15,
    },
    feeds: [{ name: 'features:0', dims: [4, 2, 3] }],
  };
}

/** Keras embeddings: ids come as floats and are cast; a shape is cut from another by Shape, Slice and Squeeze. */
function kerasEmbedding(): ExportedModel {
  const { op, weight, store, nodes, initializers } = createGraphWriter('tf', 42);
  const ids = op('Cast', ['ids:0'], { attributes: { to: 6 } });
  const rows = op('Gather', [weight('model/embedding/embedding_lookup:0', [9, 4]), ids], {
    attributes: { axis: 0 },
  });
  const shape = op('Cast', [op('Shape', [rows])], { attributes: { to: 6 } });
  const sliced = op('Slice', [shape, ...[0, 1, 0].map((x, i) => store(`slice_${i}`, integers(x)))]);
  const count = op('Squeeze', [sliced, store('axes', integers(0))]);
  const long = op('Cast', [op('Unsqueeze', [count, store('axes_0', integers(0))])], {
    attributes: { to: 7 },
  });
  const target = op('Concat', [long, store('rest', integers(-1))], { attributes: { axis: 0 } });
  const flat = op('Reshape', [rows, target]);
  const turned = op('Transpose', [flat], { attributes: { perm: [1, 0] } });
  const product = op('MatMul', [weight('kernel', [1, 12], 12), turned]);
  const back = op('Transpose', [product], { attributes: { perm: [1, 0] } });
  const logit = op('Add', [back, weight('bias', [1])]);
  op('Squeeze', [op('Sigmoid', [logit]), store('axes_1', integers(1))], { as: 'Identity:0' });
  return {
    name: 'TensorFlow, embeddings (tf2onnx)',
    spec: {
      nodes,
      initializers,
      inputs: [{ name: 'ids:0', dims: ['unk__1', 3] }],
      outputs: [{ name: 'Identity:0', dims: ['unk__2'] }],
      opset: 15,
    },
    feeds: [{ name: 'ids:0', dims: [5, 3], type: 'float32', below: 9 }],
  };
}

/** `tf.math.l2_normalize` and a dot product, opset 12: axes are attributes. */
function tfTowers(): ExportedModel {
  const { op, weight, store, nodes, initializers } = createGraphWriter('tf', 43);
  const tower = (input: string, width: number, at: string): string => {
    const product = op('MatMul', [input, weight(`${at}/kernel`, [width, 4], width)], { at });
    const x = op('Tanh', [op('Add', [product, weight(`${at}/bias`, [4])], { at })], { at });
    const squares = op('Mul', [x, x], { at });
    const sum = op('ReduceSum', [squares], { at, attributes: { axes: [-1], keepdims: 1 } });
    const safe = op('Max', [sum, store(`${at}/epsilon`, scalar(1e-12))], { at });
    return op('Mul', [x, op('Reciprocal', [op('Sqrt', [safe], { at })], { at })], { at });
  };
  const products = op('Mul', [tower('visit', 3, 'visit_tower'), tower('items', 5, 'item_tower')]);
  op('ReduceSum', [products], { as: 'dot', attributes: { axes: [1], keepdims: 0 } });
  return {
    name: 'TensorFlow, two towers (tf2onnx, opset 12)',
    spec: {
      nodes,
      initializers,
      inputs: [
        { name: 'visit', dims: ['N', 3] },
        { name: 'items', dims: ['N', 5] },
      ],
      outputs: [{ name: 'dot', dims: ['N'] }],
      opset: 12,
    },
    feeds: [
      { name: 'visit', dims: [6, 3] },
      { name: 'items', dims: [6, 5] },
    ],
  };
}

/** `tf.one_hot` beside split, padded and tiled numbers, and a comparison as a gate. */
function tfFeatureColumns(): ExportedModel {
  const { op, weight, store, nodes, initializers } = createGraphWriter('tf', 44);
  const hot = op('OneHot', ['category', store('depth', index(4)), store('values', float32([2], [0, 1]))], {
    attributes: { axis: -1 },
  });
  op('Split', ['numbers', store('sizes', int64([2], [1, 2]))], {
    as: 'split:0',
    more: ['split:1'],
    attributes: { axis: 1 },
  });
  const capped = op('Min', ['split:0', store('cap', scalar(0.5))]);
  const gate = op('Cast', [op('Greater', ['split:1', store('zero', scalar(0))])], { attributes: { to: 1 } });
  const gated = op('Mul', ['split:1', gate]);
  const logs = op('Log', [op('Add', [op('Abs', [gated]), store('one', scalar(1))])]);
  const padded = op('Pad', [logs, store('pads', int64([4], [0, 1, 0, 0]))]);
  const joined = op('Concat', [hot, capped, padded], { attributes: { axis: 1 } });
  const product = op('MatMul', [joined, weight('kernel', [8, 2], 8)]);
  op('ArgMax', [product], { as: 'class', attributes: { axis: 1, keepdims: 0 } });
  op('LogSoftmax', [product], { as: 'log', attributes: { axis: -1 } });
  return {
    name: 'TensorFlow, feature columns (tf2onnx)',
    spec: {
      nodes,
      initializers,
      inputs: [
        { name: 'category', type: 'int64', dims: ['N'] },
        { name: 'numbers', dims: ['N', 3] },
      ],
      outputs: [
        { name: 'class', type: 'int64', dims: ['N'] },
        { name: 'log', dims: ['N', 2] },
      ],
      opset: 13,
    },
    feeds: [
      { name: 'category', dims: [7], below: 4 },
      { name: 'numbers', dims: [7, 3] },
    ],
  };
}

export const tfModels: readonly ExportedModel[] = [
  kerasDense(),
  kerasEmbedding(),
  tfTowers(),
  tfFeatureColumns(),
];
