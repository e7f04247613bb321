import { expect, test } from 'vitest';
import { buildModel, type TensorSpec } from '../../../test/onnx/model-builder.ts';
import { fullOperators } from './full/operators.ts';
import { refusal } from './full/refusal.ts';
import { InferenceSession as FullSession } from './full.ts';
import { InferenceSession } from './inference-session.ts';
import { inspect } from './inspect.ts';
import { mlpOperators } from './operators/mlp.ts';
import { FULL_ML_OPERATORS, FULL_OPERATORS, MLP_OPERATORS } from './tier.ts';

const words = (list: string): string[] => list.trim().split(' ');

test('the list of the MLP tier is what its table has', () => {
  expect(words(MLP_OPERATORS)).toEqual(Object.keys(mlpOperators).sort());
});

test('the lists of the full tier are what its table has besides', () => {
  const listed = [
    ...words(MLP_OPERATORS),
    ...words(FULL_OPERATORS),
    ...words(FULL_ML_OPERATORS).map((name) => `ai.onnx.ml.${name}`),
  ];
  const run = Object.keys(fullOperators).filter((name) => !(name in refusal));
  expect(listed.sort()).toEqual(run.sort());
});

type Type = TensorSpec['type'];
const ELEMENT_BYTES: Readonly<Partial<Record<Type, number>>> = {
  float32: 4,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
  float16: 2,
  float64: 8,
  uint32: 4,
  uint64: 8,
  bfloat16: 2,
};

/** Whether either entry takes the model. */
async function takers(bytes: Uint8Array): Promise<string> {
  const takes = async (factory: typeof InferenceSession): Promise<boolean> =>
    factory.create(bytes).then(
      () => true,
      () => false,
    );
  return (await takes(InferenceSession)) ? 'mlp' : (await takes(FullSession)) ? 'full' : 'ort';
}

test.each([...(Object.keys(ELEMENT_BYTES) as Type[]), 'string' as const])(
  'the tier of an input of %s is the entry that takes it',
  async (type) => {
    const bytes = buildModel({
      nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
      inputs: [{ name: 'x', type, dims: ['N'] }],
      outputs: [{ name: 'y', type }],
    });
    expect(inspect(bytes).tier).toBe(await takers(bytes));
  },
);

test.each(Object.entries(ELEMENT_BYTES) as [Type, number][])(
  'the tier of stored %s is the entry that takes it',
  async (type, size) => {
    const bytes = buildModel({
      nodes: [{ op: 'Cast', inputs: ['w'], outputs: ['y'], attributes: { to: 1 } }],
      initializers: { w: { type, dims: [2], data: new Uint8Array(2 * size) } },
      inputs: [],
      outputs: [{ name: 'y' }],
    });
    expect(inspect(bytes).tier).toBe(await takers(bytes));
  },
);
