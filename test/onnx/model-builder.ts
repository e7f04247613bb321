/** Writes ONNX models by hand, so that tests depend on no exporter. Field numbers are those of onnx.proto. */

const TYPES = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const;
type BuilderType = keyof typeof TYPES;

export interface TensorSpec {
  type: BuilderType;
  dims: number[];
  /** Little-endian elements, as raw_data. */
  data: ArrayBufferView;
}
type AttributeSpec =
  | number
  | string
  | number[]
  | TensorSpec
  | { float: number }
  | { floats: number[] }
  | { strings: string[] };
export interface NodeSpec {
  op: string;
  inputs: string[];
  outputs: string[];
  name?: string;
  domain?: string;
  attributes?: Record<string, AttributeSpec>;
}
interface ValueSpec {
  name: string;
  type?: BuilderType;
  dims?: (number | string)[];
}
export interface ModelSpec {
  nodes: NodeSpec[];
  inputs: ValueSpec[];
  outputs: ValueSpec[];
  initializers?: Record<string, TensorSpec | Uint8Array>;
  /** @default 21 */
  opset?: number;
  /** Opsets of other domains, such as `{ 'ai.onnx.ml': 3 }`. */
  domains?: Record<string, number>;
  metadata?: Record<string, string>;
}

export const float32 = (dims: number[], values: ArrayLike<number>): TensorSpec => ({
  type: 'float32',
  dims,
  data: Float32Array.from(values),
});
export const int64 = (dims: number[], values: number[]): TensorSpec => ({
  type: 'int64',
  dims,
  data: BigInt64Array.from(values, BigInt),
});

function varint(value: number | bigint): number[] {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  out.push(Number(rest));
  return out;
}

/** A field: a number is a varint, text and bytes are length-delimited. */
export function field(number: number, content: number | bigint | string | ArrayLike<number>): number[] {
  if (typeof content === 'number' || typeof content === 'bigint')
    return [...varint(number << 3), ...varint(content)];
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return varint((number << 3) | 2).concat(varint(bytes.length), Array.from(bytes));
}

const bytesOf = (view: ArrayBufferView): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
const floats = (values: number[]): Uint8Array => bytesOf(Float32Array.from(values));

function encodeTensor(name: string, { type, dims, data }: TensorSpec): Uint8Array {
  const shape = dims.flatMap((dim) => field(1, dim));
  return Uint8Array.from([...shape, ...field(2, TYPES[type]), ...field(8, name), ...field(9, bytesOf(data))]);
}

function encodeAttribute(name: string, value: AttributeSpec): number[] {
  const head = field(1, name);
  if (typeof value === 'number') return [...head, ...field(3, value), ...field(20, 2)];
  if (typeof value === 'string') return [...head, ...field(4, value), ...field(20, 3)];
  if (Array.isArray(value)) return [...head, ...value.flatMap((item) => field(8, item)), ...field(20, 7)];
  if ('float' in value) return [...head, ...varint((2 << 3) | 5), ...floats([value.float]), ...field(20, 1)];
  if ('floats' in value) return [...head, ...field(7, floats(value.floats)), ...field(20, 6)];
  if ('strings' in value)
    return [...head, ...value.strings.flatMap((item) => field(9, item)), ...field(20, 8)];
  return [...head, ...field(5, encodeTensor('', value)), ...field(20, 4)];
}

function encodeNode({ op, inputs, outputs, name, domain, attributes = {} }: NodeSpec): number[] {
  return [
    ...inputs.flatMap((input) => field(1, input)),
    ...outputs.flatMap((output) => field(2, output)),
    ...(name ? field(3, name) : []),
    ...field(4, op),
    ...Object.entries(attributes).flatMap(([key, value]) => field(5, encodeAttribute(key, value))),
    ...(domain ? field(7, domain) : []),
  ];
}

function encodeValue({ name, type = 'float32', dims }: ValueSpec): number[] {
  const shape = dims?.flatMap((dim) => field(1, typeof dim === 'number' ? field(1, dim) : field(2, dim)));
  return [
    ...field(1, name),
    ...field(2, field(1, [...field(1, TYPES[type]), ...(shape ? field(2, shape) : [])])),
  ];
}

export function buildModel(spec: ModelSpec): Uint8Array {
  const graph = [
    ...spec.nodes.flatMap((node) => field(1, encodeNode(node))),
    ...field(2, 'graph'),
    ...Object.entries(spec.initializers ?? {}).flatMap(([name, tensor]) =>
      field(5, tensor instanceof Uint8Array ? tensor : encodeTensor(name, tensor)),
    ),
    ...spec.inputs.flatMap((input) => field(11, encodeValue(input))),
    ...spec.outputs.flatMap((output) => field(12, encodeValue(output))),
  ];
  const metadata = Object.entries(spec.metadata ?? {});
  return Uint8Array.from([
    ...field(1, 10),
    ...field(7, graph),
    ...Object.entries({ '': spec.opset ?? 21, ...spec.domains }).flatMap(([domain, version]) =>
      field(8, [...field(1, domain), ...field(2, version)]),
    ),
    ...metadata.flatMap(([key, value]) => field(14, [...field(1, key), ...field(2, value)])),
  ]);
}
