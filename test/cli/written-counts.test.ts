import type { Feature, FeatureSpec } from '@inkling/core';
import { createFullEncoder, modelInputs } from '@inkling/core/full';
import { InferenceSession, Tensor } from '@inkling/onnx';
import { InferenceSession as FullSession } from '@inkling/onnx/full';
import { inspect } from '@inkling/onnx/inspect';
import { InferenceSession as OrtSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { countColumns } from '../../packages/cli/src/train/counts/count-columns.ts';
import { type CountTable, scoreByCounts } from '../../packages/cli/src/train/counts/count-table.ts';
import { addCounts } from '../../packages/cli/src/train/counts/write-counts.ts';
import { createOnnxGraph } from '../../packages/cli/src/train/onnx-model.ts';
import { toInt8, WEIGHT_FORMATS } from '../../packages/cli/src/train/weight-format.ts';

const words = { group: 'g', sentence: 'Because.' };
const features: readonly Feature[] = [
  // Inputs in another order than features, and one that is named like a part of the model.
  { kind: 'embedding', source: 'geo.country', vocabulary: ['CH', 'PE'], input: 'table', ...words },
  { kind: 'embedding', source: 'item:id', vocabulary: ['a', 'b', 'c'], input: 'id', ...words },
  { kind: 'embedding', source: 'time.daypart', vocabulary: ['morning'], input: 'when', ...words },
];
const groups = [{ id: 'g', sentence: 'Because.' }];
const spec: FeatureSpec = { format: 2, groups, features, phrases: {} };
const encoder = createFullEncoder(spec);
const columns = countColumns(encoder);
const items = [...'abc', 'another'].map((id) => ({ id }));
const moments = [{ geo: { country: 'PE' }, time: { daypart: 'morning' } }, { geo: { country: 'US' } }, {}];

test.each(WEIGHT_FORMATS)(
  'counts in %s score as they were counted, in @inkling/onnx and in onnxruntime',
  async (format) => {
    const tables = [undefined, ...columns.signals].map((signal): CountTable => {
      const cells = columns.item.ids * (signal?.ids ?? 1);
      // What every format holds exactly: sixteenths, of which the largest is 127.
      const values = Float32Array.from({ length: cells }, (_, i) => (((i * 89 + 127) % 255) - 127) / 16);
      values[0] = 127 / 16;
      expect(toInt8({ rows: cells, columns: 1, values }).scales[0]).toBe(1 / 16);
      return { signal, prior: 1, values };
    });
    const graph = createOnnxGraph();
    const model = graph.finish(addCounts(graph, columns, tables, format), {});
    const { tier } = inspect(model);
    expect(tier).toBe(format === 'int8' ? 'full' : 'mlp');
    const ours = await (tier === 'mlp' ? InferenceSession : FullSession).create(model);
    const theirs = await OrtSession.create(model);
    for (const moment of moments) {
      const rows = encoder.encode({ context: moment as never, profile: undefined, items, now: 0 });
      const expected = scoreByCounts(columns, tables, { features: rows }, encoder.width);
      const inputs = Object.entries(modelInputs(encoder, rows, items.length));
      const run = ours.runSync(
        Object.fromEntries(
          inputs.map(([name, { type, data, dims }]) => [
            name,
            new Tensor(type as 'float32', data as Float32Array, dims),
          ]),
        ),
      );
      expect(run.score?.data).toEqual(expected);
      const { score } = await theirs.run(
        Object.fromEntries(
          inputs.map(([name, { type, data, dims }]) => [
            name,
            new OrtTensor(type as 'float32', data as Float32Array, dims),
          ]),
        ),
      );
      expect(score?.data).toEqual(expected);
      expect(score?.dims).toEqual([items.length, 1]);
    }
  },
);
