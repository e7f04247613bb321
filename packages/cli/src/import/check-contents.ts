import type { Inspection } from '@inkling/onnx/inspect';
import type { Refusal } from './import-refused.ts';

/** The engine's limit. */
const MODEL_BYTES = 8_388_608;

const CHANGES: Readonly<Record<string, string>> = {
  'ai.onnx.ml.ZipMap':
    "export with options={'zipmap': False}: convert_sklearn(model, options={'zipmap': False}), zipmap=False in onnxmltools.convert_lightgbm",
  If: 'export for one case, without Python conditions on tensors',
  Loop: 'export with a fixed number of steps, so that the loop is unrolled',
};

/** Operators, types, weights and size: what the engines of the product run. */
export function checkContents(
  inspection: Inspection,
  bytes: number,
  fingerprint: string,
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const { tier, forcedBy, notFinite, metadata } = inspection;
  if (tier === 'ort') {
    const changes = forcedBy.map((name) => CHANGES[name]).filter((change) => change !== undefined);
    refusals.push({
      place: 'operators',
      expected: 'operators and types that @inkling/onnx/full runs',
      found: forcedBy.join(', '),
      change: changes[0] ?? 'replace them: the README of @inkling/onnx lists what runs',
    });
  }
  for (const { name, nan, infinite } of notFinite) {
    refusals.push({
      place: `weights ${name}`,
      expected: 'finite numbers',
      found: `${nan} NaN and ${infinite} infinite`,
      change: 'train again: a lower learning rate, or scaled features',
    });
  }
  if (bytes > MODEL_BYTES) {
    refusals.push({
      place: '',
      expected: `at most ${MODEL_BYTES} bytes`,
      found: `${bytes}`,
      change: 'a smaller model, or float16 weights: it is downloaded by every visitor',
    });
  }
  const made = metadata['inkling.spec'];
  if (made !== undefined && made !== fingerprint) {
    refusals.push({
      place: 'metadata inkling.spec',
      expected: fingerprint,
      found: made,
      change: 'it was made for another feature spec: import it with that one',
    });
  }
  return refusals;
}
