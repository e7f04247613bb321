import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint, type ImportCommand, type ImportReport, runImport } from '@inkling/cli';
import type { FeatureSpec } from '@inkling/core';
import { inspect } from '@inkling/onnx/inspect';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportedModel } from '../onnx/exporters/exported-model.ts';
import { createGraphWriter } from '../onnx/exporters/graph-writer.ts';
import { sklModels } from '../onnx/exporters/skl-models.ts';
import { torchDense } from '../onnx/exporters/torch-linear.ts';
import { treeEnsembles, zippedClassifier } from '../onnx/exporters/tree-ensembles.ts';
import { buildModel, field, float32, int64, type ModelSpec, type NodeSpec } from '../onnx/model-builder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Two columns for each tag and two numbers: as many as the exporters' models have. */
const specOf = (columns: number): FeatureSpec => ({
  format: 2,
  groups: [{ id: 'item', sentence: 'It suits many.' }],
  features: [
    {
      kind: 'multi-hot',
      source: 'item:tags',
      values: Array.from({ length: columns - 2 }, (_, i) => `t${i}`),
      group: 'item',
      sentence: 'For {tags}.',
    },
    { kind: 'number', source: 'item:price', group: 'item', sentence: 'Its price.' },
  ],
  phrases: {},
});

async function bring(
  model: ModelSpec | Uint8Array,
  spec = specOf(4),
  more: Partial<ImportCommand> = {},
): Promise<ImportReport> {
  writeFileSync(join(folder, 'model.onnx'), model instanceof Uint8Array ? model : buildModel(model));
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  return runImport({
    model: join(folder, 'model.onnx'),
    spec: join(folder, 'spec.json'),
    output: 'logit',
    out: join(folder, 'out'),
    now: () => new Date(0),
    ...more,
  });
}

/** What docs/bring-your-own-model.md does in Python: the input named features, one column of an output kept as score. */
function prepared({ spec }: ExportedModel, output: string, column?: number): ModelSpec {
  const input = spec.inputs[0]?.name;
  const rename = (name: string) => (name === input ? 'features' : name);
  const keep: NodeSpec =
    column === undefined
      ? { op: 'Identity', inputs: [output], outputs: ['score'] }
      : { op: 'Gather', inputs: [output, 'score_column'], outputs: ['score'], attributes: { axis: 1 } };
  return {
    ...spec,
    nodes: [...spec.nodes.map((node) => ({ ...node, inputs: node.inputs.map(rename) })), keep],
    initializers: { ...spec.initializers, score_column: int64([1], [column ?? 0]) },
    inputs: spec.inputs.map((value) => ({ ...value, name: 'features' })),
    outputs: [{ name: 'score', dims: ['N', 1] }],
  };
}
const named = (models: readonly ExportedModel[], name: string) =>
  models.find((model) => model.name.startsWith(name)) as ExportedModel;

function perceptron(columns: number, change: Partial<ModelSpec> = {}): ModelSpec {
  const graph = createGraphWriter('torch', 7);
  torchDense(graph, '/net', 'features', [columns, 8, 1], 'score');
  const { nodes, initializers } = graph;
  return {
    nodes,
    initializers,
    inputs: [{ name: 'features', dims: ['N', columns] }],
    outputs: [{ name: 'score', dims: ['N', 1] }],
    metadata: { 'inkling.output': 'utility', author: 'ours' },
    ...change,
  };
}

test('a perceptron as PyTorch writes it: named in its metadata, otherwise as it was', async () => {
  const report = await bring(perceptron(4));
  expect(report).toMatchObject({ parameters: 4 * 8 + 8 + 8 + 1, engine: 'script tag', findings: [] });
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(['features.json', 'ranker.onnx']);
  const [before, after] = [
    readFileSync(join(folder, 'model.onnx')),
    readFileSync(join(folder, 'out/ranker.onnx')),
  ];
  expect(report.bytes).toBe(after.length);
  const { metadata, ...rest } = inspect(after);
  expect(metadata).toEqual({
    author: 'ours',
    'inkling.spec': fingerprint(specOf(4)),
    'inkling.output': 'logit',
  });
  const { metadata: _, ...unchanged } = inspect(before);
  expect(rest).toEqual(unchanged);
  const scores = await Promise.all(
    [before, after].map(async (bytes) => {
      const session = await InferenceSession.create(bytes);
      const features = new Tensor(
        'float32',
        Float32Array.from({ length: 12 }, (_, i) => i / 3),
        [3, 4],
      );
      return (await session.run({ features })).score?.data;
    }),
  );
  expect(scores[1]).toEqual(scores[0]);
  expect(scores[0]).toHaveLength(3);
  // Naming it again changes nothing more.
  await bring(after);
  expect(readFileSync(join(folder, 'out/ranker.onnx'))).toEqual(after);
});

test.each<[string, ModelSpec, number]>([
  ['LightGBM regressor', prepared(named(treeEnsembles, 'LightGBM regressor'), 'variable'), 5],
  [
    'LightGBM classifier',
    prepared(named(treeEnsembles, 'LightGBM classifier of two'), 'probabilities', 1),
    5,
  ],
  [
    'LogisticRegression',
    prepared(named(sklModels, 'scikit-learn LogisticRegression of two'), 'probabilities', 1),
    4,
  ],
])('a %s is taken once it is prepared as the recipe says', async (_, model, columns) => {
  const report = await bring(model, specOf(columns));
  expect(report).toMatchObject({ engine: 'whole', findings: [] });
  expect(report.rows).toBeGreaterThan(20);
});

test.each<
  [string, ModelSpec | Uint8Array, readonly RegExp[], (FeatureSpec | undefined)?, Partial<ImportCommand>?]
>([
  [
    'bytes that are no model',
    new TextEncoder().encode('hello'),
    [/model\.onnx: expected an ONNX model, found /],
  ],
  [
    'a classifier with ZipMap',
    zippedClassifier.spec,
    [
      /operators: expected .*, found ai\.onnx\.ml\.ZipMap; .*options=\{'zipmap': False\}/,
      /inputs: expected features float32\[N,4\], found input float32\[N,5\]; name the input features: initial_types=\[\('features'/,
      /outputs: expected score float32\[N\] or float32\[N,1\], found label int64.*probabilities.*column=1/,
    ],
  ],
  [
    'a classifier with its label',
    named(sklModels, 'scikit-learn LogisticRegression of two').spec,
    [
      /inputs: expected features/,
      /outputs: .*label int64\[N\], probabilities float32\[N,2\]; .*keep_score\(model, 'probabilities', column=1\)/,
    ],
  ],
  [
    'a regressor with the name that skl2onnx gives',
    named(treeEnsembles, 'LightGBM regressor').spec,
    [/inputs/, /outputs: .*rename variable to score: keep_score\(model, 'variable'\)/],
  ],
  [
    'another width',
    perceptron(6),
    [
      /input features: expected features float32\[N,4\], found features float32\[N,6\]; train on .*: item:tags=t0, item:tags=t1, item:price, item:price:known/,
    ],
  ],
  [
    'a fixed number of rows, in double precision',
    perceptron(4, { inputs: [{ name: 'features', type: 'float64', dims: [32, 4] }] }),
    [/single precision/, /leave the number of rows open/],
  ],
  [
    'an input more than the product feeds',
    perceptron(4, {
      inputs: [
        { name: 'features', dims: ['N', 4] },
        { name: 'user', dims: ['N', 8] },
      ],
    }),
    [/inputs: expected features, found user float32\[N,8\]; leave it out/],
  ],
  [
    'weights that are not finite',
    perceptron(4, {
      initializers: { ...perceptron(4).initializers, 'net.2.bias': float32([1], [Number.NaN]) },
    }),
    [/weights net\.2\.bias: expected finite numbers, found 1 NaN and 0 infinite; train again/],
  ],
  [
    'weights in another file',
    perceptron(4, {
      initializers: {
        ...perceptron(4).initializers,
        'net.2.bias': Uint8Array.from([
          ...field(1, 1),
          ...field(2, 1),
          ...field(8, 'net.2.bias'),
          ...field(13, [...field(1, 'location'), ...field(2, 'model.onnx.data')]),
          ...field(14, 1),
        ]),
      },
    }),
    [/external.*; keep the weights in the file: external_data=False in torch\.onnx\.export/],
  ],
  [
    'a model of another spec',
    perceptron(4, { metadata: { 'inkling.spec': '0123456789abcdef' } }),
    [/metadata inkling\.spec: expected [0-9a-f]{16}, found 0123456789abcdef; it was made for another/],
  ],
  [
    'scores that are no probabilities',
    perceptron(4),
    [/run on .*: expected probabilities, from 0 to 1, found -?\d.*--output logit/],
    undefined,
    { output: 'probability' },
  ],
  [
    'a division by what is unknown',
    {
      nodes: [
        { op: 'ReduceSum', inputs: ['features', 'axes'], outputs: ['sum'] },
        { op: 'Div', inputs: ['sum', 'sum'], outputs: ['score'] },
      ],
      initializers: { axes: { type: 'int64', dims: [1], data: BigInt64Array.of(1n) } },
      inputs: [{ name: 'features', dims: ['N', 4] }],
      outputs: [{ name: 'score', dims: ['N', 1] }],
    },
    [/run on nothing known: expected finite scores, found NaN; what is unknown is encoded as 0/],
  ],
])('refuses %s, and says what to change', async (_, model, lines, spec, more) => {
  const error = await bring(model, spec, more).catch((cause: Error) => cause);
  expect(error).toBeInstanceOf(Error);
  const found = (error as Error).message.split('\n');
  for (const line of lines) expect(found).toContainEqual(expect.stringMatching(line));
  expect(readdirSync(folder)).not.toContain('out');
});

test('says when the score of an item depends on the others, and when an output is never read', async () => {
  const { nodes, ...rest } = perceptron(4);
  const last = nodes.at(-1) as NodeSpec;
  const model: ModelSpec = {
    ...rest,
    nodes: [
      ...nodes.slice(0, -1),
      { ...last, outputs: ['raw'] },
      { op: 'Softmax', inputs: ['raw'], outputs: ['score'], attributes: { axis: 0 } },
    ],
    outputs: [...rest.outputs, { name: 'raw', dims: ['N', 1] }],
  };
  const { findings } = await bring(model);
  expect(findings).toEqual([
    expect.stringMatching(/depends on the others in its batch/),
    expect.stringMatching(/the output raw is computed and never read/),
  ]);
  const flat = perceptron(4, {
    initializers: { ...perceptron(4).initializers, 'net.2.weight': float32([1, 8], Array(8).fill(0)) },
  });
  expect((await bring(flat)).findings).toEqual(['all items got the same score, in every moment tried']);
});
