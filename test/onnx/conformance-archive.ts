import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TensorLike } from '@inkling/onnx';
import { InferenceSession as OracleSession } from 'onnxruntime-node';
import { buildModel, field } from './model-builder.ts';

/** ONNX's own node tests, one archive. */
const archive = resolve(
  import.meta.dirname,
  '../..',
  process.env.INKLING_CONFORMANCE ?? '../shared/conformance',
  'onnx-node-tests.tar.gz',
);

/** Why there are no cases; '' where there are. */
export const absence: string = existsSync(archive) ? '' : `${archive} is absent; set INKLING_CONFORMANCE`;

/** Files of each case, by its name. */
export function readArchive(): Map<string, Map<string, Uint8Array>> {
  const tar = gunzipSync(readFileSync(archive));
  const cases = new Map<string, Map<string, Uint8Array>>();
  let long = '';
  for (let at = 0; tar[at]; ) {
    const text = (start: number, length: number): string =>
      tar.toString('latin1', at + start, at + start + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8) || 0;
    const path = long || text(0, 100);
    // GNU tar writes a path of more than 100 characters as a file before the file.
    long = text(156, 1) === 'L' ? text(512, size) : '';
    const [, name, file] = path.match(/^[^/]+\/(test_[^/]+)\/(.*\.(?:onnx|pb))$/) ?? [];
    if (name && file) {
      const files = cases.get(name) ?? new Map<string, Uint8Array>();
      cases.set(name, files.set(file, new Uint8Array(tar.subarray(at + 512, at + 512 + size))));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return cases;
}

/** Fields of a protobuf message, read apart from the engine. */
export function fields(bytes: Uint8Array): { number: number; integer: number; bytes: Uint8Array }[] {
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

export const within = (bytes: Uint8Array, ...path: number[]): Uint8Array[] =>
  path.reduce(
    (parts, number) =>
      parts.flatMap((part) =>
        fields(part)
          .filter((f) => f.number === number)
          .map((f) => f.bytes),
      ),
    [bytes],
  );

const TYPES = ' float32 uint8 int8 uint16 int16 int32 int64 string bool float16 float64 uint32 uint64'.split(
  ' ',
);

/** A tensor file, decoded by onnxruntime: the only value of a model that gives it back. */
export async function decode(bytes: Uint8Array): Promise<TensorLike> {
  const type = fields(bytes).find((f) => f.number === 2)?.integer ?? 0;
  const model = buildModel({
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    initializers: { x: Uint8Array.from([...bytes, ...field(8, 'x')]) },
    inputs: [],
    outputs: [{ name: 'y', type: TYPES[type] as 'float32' }],
  });
  const session = await OracleSession.create(model);
  const { y } = await session.run({});
  await session.release();
  if (!y) throw new Error('no tensor');
  const { data, dims } = y;
  // Half floats come as numbers where the language has such arrays.
  return y.type === 'float16' && !(data instanceof Uint16Array)
    ? { type: y.type, dims, data: new Uint16Array((data as Float32Array).buffer) }
    : { type: y.type, dims, data };
}

/** What is wrong with a result, '' for nothing: ONNX's own tolerance unless told otherwise. */
export function difference(
  found: TensorLike | undefined,
  expected: TensorLike,
  { relative = 1e-3, absolute = 1e-7 }: { readonly relative?: number; readonly absolute?: number } = {},
): string {
  if (found?.type !== expected.type || `${found.dims}` !== `${expected.dims}`) {
    return `${found?.type}[${found?.dims}] instead of ${expected.type}[${expected.dims}]`;
  }
  const [a, b] = [found.data, expected.data].map((data) => Array.from(data as ArrayLike<unknown>)) as [
    unknown[],
    unknown[],
  ];
  const isFloat = found.type === 'float32' || found.type === 'float64';
  const far = b.findIndex((y, i) => {
    const x = a[i];
    if (!isFloat || typeof x !== 'number' || typeof y !== 'number') return x !== y;
    return !(Object.is(x, y) || Math.abs(x - y) <= absolute + relative * Math.abs(y));
  });
  return far < 0 ? '' : `${a[far]} instead of ${b[far]} at ${far}`;
}
