import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InferenceSession, OnnxError, type Tensor, type TensorLike } from '@inkling/onnx';
import { InferenceSession as OracleSession } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { buildModel, field } from './model-builder.ts';

/** ONNX's own node tests, one archive; where it is absent these tests are skipped. */
const archive = resolve(
  import.meta.dirname,
  '../..',
  process.env.INKLING_CONFORMANCE ?? '../shared/conformance',
  'onnx-node-tests.tar.gz',
);
const absent = existsSync(archive) ? '' : ` (skipped: ${archive} is absent; set INKLING_CONFORMANCE)`;

const OPERATORS =
  'MatMul Gemm Add Sub Mul Div Relu LeakyRelu Sigmoid Tanh Gelu Erf Clip Softmax BatchNormalization Concat Reshape Flatten Squeeze Unsqueeze Gather Identity Constant Cast'.split(
    ' ',
  );
const TYPES = [1, 6, 7, 9];

/** Cases that use only what this tier has and still do not pass, with the reason. */
const EXCEPTIONS: Record<string, string> = {};

function readArchive(): Map<string, Map<string, Uint8Array>> {
  const tar = gunzipSync(readFileSync(archive));
  const cases = new Map<string, Map<string, Uint8Array>>();
  for (let at = 0; tar[at]; ) {
    const text = (start: number, length: number): string =>
      tar.toString('latin1', at + start, at + start + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8) || 0;
    const [, name, file] = text(0, 100).match(/^[^/]+\/(test_[^/]+)\/(.*\.(?:onnx|pb))$/) ?? [];
    if (name && file) {
      const files = cases.get(name) ?? new Map<string, Uint8Array>();
      cases.set(name, files.set(file, new Uint8Array(tar.subarray(at + 512, at + 512 + size))));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return cases;
}

/** Fields of a protobuf message, read apart from the engine. */
function fields(bytes: Uint8Array): { number: number; integer: number; bytes: Uint8Array }[] {
  const result = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const wire = key & 7;
    const integer = wire === 0 || wire === 2 ? varint() : wire === 5 ? 4 : 8;
    const size = wire === 0 ? 0 : integer;
    result.push({ number: key >> 3, integer, bytes: bytes.subarray(at, at + size) });
    at += size;
  }
  return result;
}

const within = (bytes: Uint8Array, ...path: number[]): Uint8Array[] =>
  path.reduce(
    (parts, number) =>
      parts.flatMap((part) =>
        fields(part)
          .filter((f) => f.number === number)
          .map((f) => f.bytes),
      ),
    [bytes],
  );

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

/** A tensor file, decoded by onnxruntime: the only value of a model that gives it back. */
async function decode(bytes: Uint8Array): Promise<TensorLike> {
  const type = fields(bytes).find((f) => f.number === 2)?.integer ?? 0;
  const name = { 1: 'float32', 6: 'int32', 7: 'int64', 9: 'bool' }[type] as 'float32';
  const model = buildModel({
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    initializers: { x: Uint8Array.from([...bytes, ...field(8, 'x')]) },
    inputs: [],
    outputs: [{ name: 'y', type: name }],
  });
  const session = await OracleSession.create(model);
  const { y } = await session.run({});
  await session.release();
  return y as TensorLike;
}

function difference(found: Tensor | undefined, expected: TensorLike): string {
  if (found?.type !== expected.type || `${found.dims}` !== `${expected.dims}`) {
    return `${found?.type}[${found?.dims}] instead of ${expected.type}[${expected.dims}]`;
  }
  const [a, b] = [found.data, expected.data].map((data) => Array.from(data as Float32Array, Number)) as [
    number[],
    number[],
  ];
  const slack = found.type === 'float32' ? 1e-6 : 0;
  const far = a.findIndex(
    (x, i) =>
      !(Object.is(x, b[i]) || Math.abs(x - Number(b[i])) <= slack + slack * 10 * Math.abs(Number(b[i]))),
  );
  return far < 0 ? '' : `${a[far]} instead of ${b[far]} at ${far}`;
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
      const wrong = difference(outputs[output], expected);
      if (wrong) failures[name] = wrong;
    }
    if (!failures[name]) passed++;
  }
  expect(failures).toEqual(EXCEPTIONS);
  expect({ ofTier, passed, refused }).toEqual({ ofTier: 95, passed: 95, refused: 288 });
});
