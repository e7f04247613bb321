import type { OnnxGraph } from '../onnx-model.ts';
import type { WeightFormat } from '../weight-format.ts';
import { writeWeights } from '../write-weights.ts';
import type { CountColumns, IdColumn } from './count-columns.ts';
import type { CountTable } from './count-table.ts';

/** Adds tables of counts to an ONNX model: `features` f32[N, 0] and the int64[N, 1] inputs of their columns, to a score
 * f32[N, 1]. float32 and float16 need the operators of `@inkling/onnx`, int8 those of `@inkling/onnx/full`.
 * @returns the name of the score */
export function addCounts(
  graph: OnnxGraph,
  { item, signals }: CountColumns,
  tables: readonly CountTable[],
  format: WeightFormat,
): string {
  // The encoder always hands them over.
  graph.input('features', 'float32', 0);
  const ids = (column: IdColumn) => graph.input(column.input, 'int64', 1);
  for (const signal of signals) ids(signal);
  const scores = tables.map(({ signal, values }) => {
    const table = { rows: values.length, columns: 1, values };
    // What stands before the dot is an input's name, so that no two constants have one.
    const name = `${signal?.input ?? ''}.table`;
    let cell = ids(item);
    if (signal) {
      const width = graph.constant(`${signal.input}.ids`, 'int64', [1], BigInt64Array.of(BigInt(signal.ids)));
      cell = graph.node('Add', [graph.node('Mul', [cell, width]), ids(signal)]);
    }
    return graph.node('Flatten', [graph.node('Gather', [writeWeights(graph, name, table, format), cell])]);
  });
  return scores.reduce((sum, score) => graph.node('Add', [sum, score]));
}
