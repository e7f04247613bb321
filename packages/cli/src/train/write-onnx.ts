import type { DenseLayer } from './dense-layer.ts';
import { createNetwork, layersOf, type NetworkSpec, partsOf } from './network.ts';
import { createOnnxGraph, type OnnxGraph } from './onnx-model.ts';
import { roundWeights, type WeightFormat } from './weight-format.ts';
import type { Matrix, Weights } from './weights.ts';
import { writeWeights } from './write-weights.ts';

export interface ScaledNetwork {
  readonly spec: NetworkSpec;
  readonly weights: Weights;
  /** What each dense column is multiplied by. */
  readonly scale: Float32Array;
}

/** Adds a network to an ONNX model: `features` f32[N, dense columns] and an int64 input for each one that the spec's
 * embeddings name, to a score f32[N, 1]. float32 and float16 need the operators of `@inkling/onnx`, int8 those of
 * `@inkling/onnx/full`.
 * @returns the name of the score */
export function addNetwork(
  graph: OnnxGraph,
  { spec, weights, scale }: ScaledNetwork,
  format: WeightFormat,
): string {
  const { isWide, hasPairs, hasLayers } = partsOf(spec);
  const rounded = roundWeights(weights, format);
  const weigh = (name: string) => writeWeights(graph, name, weights[name] as Matrix, format);
  const floats = (name: string, rows: number, columns: number, cell: (i: number) => number) => {
    const cells = Float32Array.from({ length: rows * columns }, (_, i) => cell(i));
    return graph.constant(name, 'float32', [rows, columns], cells);
  };

  const dense = writeDense(graph, spec, scale);
  const ids = writeIds(graph, spec);
  const terms: string[] = [];
  if (isWide) {
    const bias = graph.constant('bias', 'float32', [1], weights.bias.values);
    if (dense) terms.push(graph.node('Gemm', [dense, weigh('dense'), bias]));
    if (ids) {
      const { slots } = ids;
      const each = graph.node('Flatten', [graph.node('Gather', [weigh('ids'), ids.rows])]);
      const ones = floats('ones', slots, 1, () => 1);
      terms.push(dense ? graph.node('MatMul', [each, ones]) : graph.node('Gemm', [each, ones, bias]));
    }
  }
  const fields =
    ids && (hasPairs || hasLayers) ? writeFields(graph, spec, ids, weigh('idFactors')) : undefined;
  const embedded = fields && graph.node('Flatten', [fields]);
  if (hasPairs) {
    const { factors } = spec;
    const count = spec.columns.fields.length;
    const half = floats('half', factors, 1, () => 0.5);
    const sums: string[] = [];
    if (fields) {
      const one = floats('oneEach', 1, count, () => 1);
      sums.push(graph.node('Flatten', [graph.node('MatMul', [one, fields])]));
    }
    if (dense) sums.push(graph.node('MatMul', [dense, weigh('denseFactors')]));
    const sum = addAll(graph, sums);
    terms.push(graph.node('MatMul', [graph.node('Mul', [sum, sum]), half]));
    if (embedded) {
      const minus = floats('minusHalf', count * factors, 1, () => -0.5);
      terms.push(graph.node('MatMul', [graph.node('Mul', [embedded, embedded]), minus]));
    }
    if (dense) {
      const { rows, values } = rounded.denseFactors;
      const squares = floats('denseSquares', rows, 1, (row) =>
        values.subarray(row * factors, (row + 1) * factors).reduce((total, v) => total - (v * v) / 2, 0),
      );
      terms.push(graph.node('MatMul', [graph.node('Mul', [dense, dense]), squares]));
    }
  }
  if (hasLayers) {
    const parts = [dense, embedded].filter((part) => part !== undefined);
    let x = parts.length > 1 ? graph.node('Concat', parts, { axis: 1 }) : (parts[0] as string);
    layersOf(weights).forEach(({ bias }, depth, all) => {
      const added = graph.constant(`bias${depth + 1}`, 'float32', [bias.columns], bias.values);
      x = graph.node('Gemm', [x, weigh(`weights${depth + 1}`), added]);
      if (depth < all.length - 1) x = graph.node('Relu', [x]);
    });
    terms.push(x);
  }
  return addAll(graph, terms);
}

/** Writes given layers, with a ReLU between each two, as an ONNX model: `features` f32[N, inputs] to `score` f32[N, 1]. */
export function writeLayers(
  layers: readonly DenseLayer[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const width = layers[0]?.weights.rows ?? 0;
  const columns = { dense: Array.from({ length: width }, (_, i) => i), fields: [], tableRows: 0 };
  const spec: NetworkSpec = { kind: 'mlp', columns, hidden: [], factors: 0 };
  const named = layers.flatMap(({ weights, bias }, depth) => [
    [`weights${depth + 1}`, weights] as const,
    [`bias${depth + 1}`, bias] as const,
  ]);
  const weights = { ...createNetwork(spec, ''), ...Object.fromEntries(named) };
  const scale = new Float32Array(width).fill(1);
  const graph = createOnnxGraph();
  return graph.finish(addNetwork(graph, { spec, weights, scale }, 'float32'), metadata);
}

/** The dense columns times their scales; nothing where there are none, though the encoder always hands them over. */
function writeDense(graph: OnnxGraph, { columns }: NetworkSpec, scale: Float32Array): string | undefined {
  const features = graph.input('features', 'float32', columns.dense.length);
  if (columns.dense.length === 0) return undefined;
  if (scale.every((factor) => factor === 1)) return features;
  return graph.node('Mul', [features, graph.constant('scale', 'float32', [scale.length], scale)]);
}

interface WrittenIds {
  /** int64[N, slots]: rows of the table of all fields. */
  readonly rows: string;
  readonly slots: number;
}

function writeIds(graph: OnnxGraph, { columns: { fields } }: NetworkSpec): WrittenIds | undefined {
  const inputs = [...new Set(fields.map(({ input }) => input))].map((input) => {
    const columns = fields.filter((field) => field.input === input).flatMap((field) => field.columns);
    return graph.input(input, 'int64', columns.length);
  });
  if (inputs.length === 0) return undefined;
  const offsets = fields.flatMap(({ columns, offset }) => columns.map(() => BigInt(offset)));
  const ids = inputs.length > 1 ? graph.node('Concat', inputs, { axis: 1 }) : (inputs[0] as string);
  const added = graph.constant('offsets', 'int64', [offsets.length], BigInt64Array.from(offsets));
  return { rows: graph.node('Add', [ids, added]), slots: offsets.length };
}

/** f32[N, fields, factors]: of each field the sum of its ids' factors. */
function writeFields(
  graph: OnnxGraph,
  { columns: { fields } }: NetworkSpec,
  { rows, slots }: WrittenIds,
  table: string,
): string {
  const vectors = graph.node('Gather', [table, rows]);
  if (slots === fields.length) return vectors;
  const fieldOf = fields.flatMap(({ columns }, field) => columns.map(() => field));
  const belongs = Float32Array.from({ length: fields.length * slots }, (_, i) =>
    Number(fieldOf[i % slots] === Math.floor(i / slots)),
  );
  return graph.node('MatMul', [graph.constant('slots', 'float32', [fields.length, slots], belongs), vectors]);
}

function addAll(graph: OnnxGraph, values: readonly string[]): string {
  return values.reduce((sum, value) => graph.node('Add', [sum, value]));
}
