import { InferenceSession, Tensor } from '@inkling/onnx/full';
import { InferenceSession as OrtSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { EncodedList } from '../../packages/cli/src/dataset/encoded-lists.ts';
import { createOnnxGraph } from '../../packages/cli/src/train/onnx-model.ts';
import { trainTrees } from '../../packages/cli/src/train/trees/train-trees.ts';
import { type Forest, scoreTrees } from '../../packages/cli/src/train/trees/tree.ts';
import { addTrees } from '../../packages/cli/src/train/trees/write-trees.ts';
import { createRandom } from '../onnx/random.ts';

const WIDTH = 6;
const { floats, integer } = createRandom(5);

function write(forest: Forest, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const graph = createOnnxGraph();
  return graph.finish(addTrees(graph, forest), metadata);
}

/** Rows of which a tenth of the values is missing. */
const rows = (count: number) =>
  Float32Array.from(floats(count * WIDTH), (x) => (integer(10) === 0 ? Number.NaN : x));

test('trees score the same where they were fitted, in @inkling/onnx and in onnxruntime, edges and gaps too', async () => {
  const lists = Array.from({ length: 200 }, (_, i): EncodedList => {
    const chosen = integer(8);
    return {
      visitor: `v${i}`,
      features: rows(8),
      labels: Array.from({ length: 8 }, (_, row) => Number(row === chosen)),
      weight: 1,
    };
  });
  const encoded = (of: readonly EncodedList[]) => ({
    width: WIDTH,
    count: of.length,
    batches: async function* () {
      yield of;
    },
  });
  const { forest } = await trainTrees(encoded(lists), encoded([]), { epochs: 40, minChildWeight: 0.1 });
  const branches = forest.trees.flat().flatMap((node) => ('value' in node ? [] : [node]));
  // Rows that lie on a threshold, to the bit.
  const onEdge = branches.flatMap(({ column, threshold }) => {
    const row = rows(1);
    row[column] = threshold;
    return [...row];
  });
  const features = Float32Array.of(...rows(300), ...onEdge);
  const count = features.length / WIDTH;
  const expected = scoreTrees(forest, features);
  const bytes = write(forest, { 'inkling.spec': '0123456789abcdef' });

  const session = await InferenceSession.create(bytes);
  expect(session.metadata['inkling.spec']).toBe('0123456789abcdef');
  const own = session.runSync({ features: new Tensor('float32', features, [count, WIDTH]) }).score;
  expect(own?.data).toEqual(expected);

  const oracle = await OrtSession.create(bytes);
  const { score: theirs } = await oracle.run({
    features: new OrtTensor('float32', features, [count, WIDTH]),
  });
  expect(theirs?.dims).toEqual([count, 1]);
  const differences = expected.map((score, row) => Math.abs(score - Number(theirs?.data[row])));
  expect(Math.max(...differences)).toBeLessThan(1e-5);
});

test('no tree at all scores 0', async () => {
  const session = await InferenceSession.create(write({ width: 2, trees: [] }));
  const outputs = session.runSync({ features: new Tensor('float32', Float32Array.of(1, 2, 3, 4), [2, 2]) });
  expect(outputs.score?.data).toEqual(Float32Array.of(0, 0));
});
