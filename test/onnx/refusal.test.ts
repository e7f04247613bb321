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

test('a function of the model’s own is refused with what to do instead', async () => {
  const domain = 'pkg.onnxscript.torch_lib';
  const model = buildModel({
    nodes: [{ op: 'aten_relu', domain, inputs: ['x'], outputs: ['y'] }],
    inputs: [{ name: 'x' }],
    outputs: [{ name: 'y' }],
    domains: { [domain]: 1 },
  });
  // FunctionProto: name, input, output, a Relu, domain.
  const body = [...field(1, 'a'), ...field(2, 'b'), ...field(4, 'Relu')];
  const ports = [...field(4, 'a'), ...field(5, 'b')];
  const definition = [...field(1, 'aten_relu'), ...ports, ...field(7, body), ...field(10, domain)];
  const error = await refusal(Uint8Array.from([...model, ...field(25, definition)]));
  expect(error).toMatchObject({ code: 'E_OPERATOR', place: `${domain}.aten_relu "y"` });
  expect(error.expected).toContain('onnx.inliner');
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
