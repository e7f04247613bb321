import fc from 'fast-check';
import { FULL_ML_OPERATORS, FULL_OPERATORS, MLP_OPERATORS } from '../../packages/onnx/src/tier.ts';
import { graphOf } from '../onnx/differential/arbitrary-case.ts';
import { NODES } from '../onnx/differential/arbitrary-node.ts';
import { type Graph, modelOf } from '../onnx/differential/graph-model.ts';
import { randomPerceptron } from '../onnx/engine/random-perceptron.ts';
import { exportedModels } from '../onnx/exporters/exported-models.ts';
import { buildModel } from '../onnx/model-builder.ts';
import { createRandom } from '../onnx/random.ts';
import { generateModel } from './generate.ts';
import { growingModel } from './growing-model.ts';
import { mutateBytes, mutateFields } from './mutate.ts';

const words = (list: string): string[] => list.trim().split(/\s+/);
const MLP: readonly string[] = words(MLP_OPERATORS);
const OPERATORS: readonly string[] = [
  ...MLP,
  ...words(FULL_OPERATORS),
  ...words(FULL_ML_OPERATORS).map((name) => `ai.onnx.ml.${name}`),
];
/** What text fields become: operators, and names with a meaning to JavaScript or to a model. */
const WORDS: readonly string[] = [
  ...OPERATORS.map((name) => name.replace('ai.onnx.ml.', '')),
  ...words('axes axis x y to value __proto__ constructor length BRANCH_LT LEAF LOGISTIC linear'),
  '',
  'ai.onnx.ml',
  '\u{1f600}',
];
/** Whole models, and each operator alone, with its inputs fed and with its inputs stored, so that they are mutated too. */
const MODELS: readonly Uint8Array[] = [
  ...exportedModels.map(({ spec }) => buildModel(spec)),
  ...Object.entries(NODES).flatMap(([name, node]) =>
    fc
      .sample(node, { seed: 1, numRuns: 4 })
      .map((drawn) => graphOf(name, drawn))
      .flatMap((graph) => [modelOf(graph), modelOf({ ...graph, inputs: stored(graph.inputs) })]),
  ),
];
/** Larger than any of these cases needs. */
const RANDOM_BYTES = 300;

/** The bytes of a case; the same for the same seed and index. */
export function createOnnxCase(seed: number, index: number): Uint8Array {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ index);
  const kind = random.integer(20);
  if (kind === 0) {
    return Uint8Array.from({ length: random.integer(RANDOM_BYTES) }, () => random.integer(256));
  }
  if (kind === 13 && !random.integer(6)) return growingModel(random);
  if (kind < 6) return generateModel(kind < 3 ? MLP : OPERATORS, random);
  // What the lean entry takes as well, here and there as it is.
  const perceptron = kind < 13 && buildModel(randomPerceptron(random.integer(2 ** 31)).spec);
  if (perceptron && random.integer(4) === 0) return perceptron;
  const model = perceptron || (MODELS[random.integer(MODELS.length)] ?? new Uint8Array());
  return kind < 9 ? mutateBytes(model, random) : mutateFields(model, WORDS, random);
}

function stored(inputs: Graph['inputs']): Graph['inputs'] {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, data]) => [name, { ...data, isStored: true }]),
  );
}
