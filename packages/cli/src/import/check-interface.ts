import type { Encoder } from '@inkling/core';
import { describe } from '@inkling/core/describe';
import type { DeclaredValue, Inspection } from '@inkling/onnx/inspect';
import type { Refusal } from './import-refused.ts';

/** What the product feeds a model, by the spec. */
interface Fed {
  readonly name: string;
  readonly type: 'float32' | 'int64';
  readonly columns: readonly string[];
}

/** Names, types and shapes: what the product feeds the model must be what it asks for, and what it gives, one score for
 * each row. */
export function checkInterface(inspection: Inspection, encoder: Encoder): readonly Refusal[] {
  const fed = fedBy(encoder);
  return [
    ...fed.flatMap((input) => checkInput(input, inspection.inputs, fed)),
    ...inspection.inputs
      .filter(({ name }) => !fed.some((input) => input.name === name))
      .filter(() => inspection.inputs.length > fed.length)
      .map(
        (input): Refusal => ({
          place: 'inputs',
          expected: fed.map(({ name }) => name).join(', '),
          found: say(input),
          change: 'leave it out of the export, or join what it holds to features',
        }),
      ),
    ...checkOutput(inspection.outputs),
  ];
}

function fedBy({ spec, featureOf }: Encoder): readonly Fed[] {
  const names = describe(spec).map(({ name }) => name);
  const inputs = spec.features.flatMap((feature) => (feature.kind === 'embedding' ? [feature.input] : []));
  return ['features', ...new Set(inputs)].map((input) => ({
    name: input,
    type: input === 'features' ? 'float32' : 'int64',
    columns: names.filter((_, column) => {
      const feature = spec.features[featureOf[column] as number];
      return (feature?.kind === 'embedding' ? feature.input : 'features') === input;
    }),
  }));
}

function checkInput(
  { name, type, columns }: Fed,
  inputs: readonly DeclaredValue[],
  fed: readonly Fed[],
): readonly Refusal[] {
  const expected = `${name} ${type}[N,${columns.length}]`;
  const strangers = inputs.filter((input) => !fed.some((known) => known.name === input.name));
  const input = inputs.find((candidate) => candidate.name === name);
  if (!input) {
    const change =
      name === 'features'
        ? `name the input features: initial_types=[('features', FloatTensorType([None, ${columns.length}]))] in skl2onnx and onnxmltools, input_names=['features'] in torch.onnx.export`
        : `name the input of the embedding ${name}, or take the feature out of the spec`;
    const found = strangers.map(say).join(', ') || 'no such input';
    return [{ place: 'inputs', expected, found, change }];
  }
  const refusals: Refusal[] = [];
  const refuse = (change: string) =>
    refusals.push({ place: `input ${name}`, expected, found: say(input), change });
  if (input.type !== type) {
    refuse(
      type === 'float32'
        ? 'export it with single precision: FloatTensorType, or model.float()'
        : 'ids are int64: Int64TensorType, or a tensor of torch.long',
    );
  }
  const [rows, width, ...rest] = input.shape ?? ['N', columns.length];
  if (typeof rows === 'number') {
    refuse(
      "leave the number of rows open: None in FloatTensorType, dynamic_shapes=({0: torch.export.Dim('N')},) in torch.onnx.export",
    );
  }
  if (rest.length > 0 || width === undefined || (typeof width === 'number' && width !== columns.length)) {
    refuse(`train on the columns of the spec, in their order: ${columns.join(', ')}`);
  }
  return refusals;
}

function checkOutput(outputs: readonly DeclaredValue[]): readonly Refusal[] {
  const expected = 'score float32[N] or float32[N,1]';
  const score = outputs.find(({ name }) => name === 'score');
  if (!score) {
    const tensors = outputs.filter(({ type }) => type === 'float32' || type === 'float64');
    const [only = outputs[0]] = tensors;
    const change =
      only?.shape?.length === 2 && only.shape[1] !== 1
        ? `keep the column of the choice as score: keep_score(model, '${only.name}', column=1) of docs/bring-your-own-model.md`
        : `rename ${only?.name ?? 'the output'} to score: keep_score(model, '${only?.name}') of docs/bring-your-own-model.md, output_names=['score'] in torch.onnx.export`;
    return [{ place: 'outputs', expected, found: outputs.map(say).join(', ') || 'none', change }];
  }
  const refusals: Refusal[] = [];
  const refuse = (change: string) =>
    refusals.push({ place: 'output score', expected, found: say(score), change });
  if (score.type !== 'float32') refuse('give float32: the product reads nothing else');
  if (score.shape && (score.shape.length > 2 || widthOf(score) !== 1)) {
    refuse(
      "one number a row: keep_score(model, 'score', column=1) of docs/bring-your-own-model.md keeps one",
    );
  }
  return refusals;
}

/** Columns of a row; 1 where the model leaves that open. */
function widthOf({ shape = [] }: DeclaredValue): number {
  const [, width = 1] = shape;
  return typeof width === 'number' ? width : 1;
}

function say({ name, type, shape }: DeclaredValue): string {
  return `${name} ${type}${shape ? `[${shape.map((dim) => dim || '?').join(',')}]` : ''}`;
}
