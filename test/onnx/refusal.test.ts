import { InferenceSession, OnnxError } from '@inkling/onnx/full';
import { expect, test } from 'vitest';
import { buildModel, field } from './model-builder.ts';

async function refusal(bytes: Uint8Array): Promise<OnnxError> {
  const error = await InferenceSession.create(bytes).catch((cause: unknown) => cause);
  return error instanceof OnnxError ? error : expect.fail('no OnnxError');
}

test.each([
  ['ZipMap', 'ai.onnx.ml', 'zipmap'],
  ['If', '', 'Where'],
  ['Loop', '', 'unrolled'],
])('%s is refused with what to do instead', async (op, domain, hint) => {
  const model = buildModel({
    nodes: [{ op, domain, inputs: ['x'], outputs: ['y'] }],
    inputs: [{ name: 'x' }],
    outputs: [{ name: 'y' }],
  });
  const error = await refusal(model);
  expect(error.code).toBe('E_OPERATOR');
  expect(error.message).toContain(hint);
});

test('so is an output that is a sequence of maps, as ZipMap makes', async () => {
  // TypeProto.sequence_type instead of tensor_type.
  const output = [...field(1, 'y'), ...field(2, field(4, field(1, [])))];
  const graph = [...field(2, 'graph'), ...field(12, output)];
  const model = Uint8Array.from([...field(1, 10), ...field(7, graph), ...field(8, field(2, 21))]);
  const error = await refusal(model);
  expect(error.code).toBe('E_OPERATOR');
  expect(error.message).toContain('"y": expected tensors, no ZipMap: convert with');
});
