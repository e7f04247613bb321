import { DATA_TYPES, type OnnxGraph } from './onnx-model.ts';
import { toFloat16, toInt8, type WeightFormat } from './weight-format.ts';
import type { Matrix } from './weights.ts';

/** Weights as float32, however they are kept. Of int8 by Cast and Mul: onnxruntime rounds what is multiplied with a
 * DequantizeLinear to int8 too. */
export function writeWeights(graph: OnnxGraph, name: string, matrix: Matrix, format: WeightFormat): string {
  const { rows, columns, values } = matrix;
  if (format === 'float32') return graph.constant(name, format, [rows, columns], values);
  const { cells, scales } =
    format === 'int8' ? toInt8(matrix) : { cells: toFloat16(values), scales: undefined };
  const kept = graph.constant(name, format, [rows, columns], cells);
  const floats = graph.node('Cast', [kept], { to: DATA_TYPES.float32 });
  return scales
    ? graph.node('Mul', [floats, graph.constant(`${name}Scales`, 'float32', [columns], scales)])
    : floats;
}
