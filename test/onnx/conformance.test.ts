import { InferenceSession, OnnxError, type TensorLike } from '@inkling/onnx';
import { expect, test } from 'vitest';
import { absence, decode, difference, fields, readArchive, within } from './conformance-archive.ts';
import { runConformance } from './conformance-full.ts';

const absent = absence && ` (skipped: ${absence})`;

const OPERATORS =
  'MatMul Gemm Add Sub Mul Div Relu LeakyRelu Sigmoid Tanh Gelu Erf Clip Softmax BatchNormalization Concat Reshape Flatten Squeeze Unsqueeze Gather Identity Constant Cast'.split(
    ' ',
  );
const TYPES = [1, 6, 7, 9];

/** Cases that use only what this tier has and still do not pass, with the reason. */
const EXCEPTIONS: Record<string, string> = {};

/** Whether the model uses only this tier's operators and types. */
function isOfTier(model: Uint8Array): boolean {
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const nodes = within(model, 7, 1);
  const types = [...within(model, 7, 11, 2), ...within(model, 7, 12, 2)].map((type) => {
    const [tensor] = within(type, 1);
    return tensor ? (fields(tensor).find((f) => f.number === 1)?.integer ?? 0) : 0;
  });
  const casts = nodes.flatMap((node) =>
    within(node, 5).flatMap((attribute) =>
      text(within(attribute, 1)[0] as Uint8Array) === 'to'
        ? [fields(attribute).find((f) => f.number === 3)?.integer ?? 0]
        : [],
    ),
  );
  return (
    nodes.every(
      (node) =>
        !within(node, 7).some((domain) => domain.length) &&
        OPERATORS.includes(text(within(node, 4)[0] as Uint8Array)),
    ) && [...types, ...casts].every((type) => TYPES.includes(type))
  );
}

test.skipIf(absent)(`every ONNX node test of this tier passes${absent}`, async () => {
  const failures: Record<string, string> = {};
  let ofTier = 0;
  let passed = 0;
  let refused = 0;
  for (const [name, files] of readArchive()) {
    const model = files.get('model.onnx') as Uint8Array;
    const isOurs = isOfTier(model);
    if (isOurs) ofTier++;
    let session: InferenceSession;
    try {
      session = await InferenceSession.create(model);
    } catch (error) {
      expect(error).toBeInstanceOf(OnnxError);
      refused++;
      if (isOurs) failures[name] = String(error);
      continue;
    }
    const feeds: Record<string, TensorLike> = {};
    for (const [i, input] of session.inputNames.entries()) {
      feeds[input] = await decode(files.get(`test_data_set_0/input_${i}.pb`) as Uint8Array);
    }
    const outputs = session.runSync(feeds);
    for (const [i, output] of session.outputNames.entries()) {
      const expected = await decode(files.get(`test_data_set_0/output_${i}.pb`) as Uint8Array);
      const wrong = difference(outputs[output], expected, { relative: 1e-5, absolute: 1e-6 });
      if (wrong) failures[name] = wrong;
    }
    if (!failures[name]) passed++;
  }
  expect(failures).toEqual(EXCEPTIONS);
  expect({ ofTier, passed, refused }).toEqual({ ofTier: 95, passed: 95, refused: 288 });
});

// Casts from and to these, which no JavaScript array holds, are what is refused.
const EXOTIC = /FLOAT8|FLOAT4E2M1|INT2|INT4|BFLOAT16/;

test.skipIf(absent)(
  `every ONNX node test of the full tier passes, the rest is refused${absent}`,
  async () => {
    const { passed, refused, wrong } = await runConformance();
    expect(wrong).toEqual({});
    expect(Object.keys(refused).filter((name) => !EXOTIC.test(name))).toEqual([]);
    expect({ passed: passed.length, refused: Object.keys(refused).length }).toEqual({
      passed: 279,
      refused: 104,
    });
  },
);
