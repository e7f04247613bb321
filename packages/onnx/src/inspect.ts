import { countNotFinite } from './not-finite.ts';
import { fail, within } from './onnx-error.ts';
import { type Content, type Message, readIntegers, readMessage, readText } from './protobuf-message.ts';
import { type Tier, tierOf } from './tier.ts';

/** TensorProto.DataType by its number, and the bits of an element; a string counts nothing. */
const TYPES: readonly (readonly [name: string, bits: number])[] = [
  ['undefined', 0],
  ['float32', 32],
  ['uint8', 8],
  ['int8', 8],
  ['uint16', 16],
  ['int16', 16],
  ['int32', 32],
  ['int64', 64],
  ['string', 0],
  ['bool', 8],
  ['float16', 16],
  ['float64', 64],
  ['uint32', 32],
  ['uint64', 64],
  ['complex64', 64],
  ['complex128', 128],
  ['bfloat16', 16],
  ['float8e4m3fn', 8],
  ['float8e4m3fnuz', 8],
  ['float8e5m2', 8],
  ['float8e5m2fnuz', 8],
  ['uint4', 4],
  ['int4', 4],
  ['float4e2m1', 4],
];

/** An input or output as the model declares it. */
export interface DeclaredValue {
  readonly name: string;
  /** Element type, such as `float32`; for what is no tensor `sequence`, `map`, `optional` or `sparse tensor`. */
  readonly type: string;
  /** A symbolic dimension is its name, `''` where it has none; without the model declaring a shape it is left out. */
  readonly shape?: readonly (number | string)[];
}

/** A stored tensor of which some elements are not numbers to compute with. */
export interface NotFinite {
  /** Of the initializer, or of what a `Constant` makes. */
  readonly name: string;
  readonly nan: number;
  readonly infinite: number;
}

/** What a model is made of. */
export interface Inspection {
  readonly irVersion: number;
  /** Who wrote it, with the version: `pytorch 2.9.0`. Empty where the model does not say. */
  readonly producer: string;
  /** Version by operator domain; ONNX's own is `ai.onnx`. */
  readonly opsets: Readonly<Record<string, number>>;
  /** How many nodes there are of each operator, with its domain where that is not ONNX's own. Bodies of `If`, `Loop`
   * and `Scan` are not looked into. */
  readonly operators: Readonly<Record<string, number>>;
  /** Elements and bytes of stored tensors: initializers and the values of `Constant`. Bytes in memory, as declared. */
  readonly parameters: { readonly count: number; readonly bytes: number };
  /** Stored tensors with elements that are NaN or infinite, and how many of each: nearly always of a training that
   * diverged, and then every score is NaN. `-Infinity` alone may be a mask. Sessions run such a model without a word,
   * since looking would cost every page; so look here, before a model is published. */
  readonly notFinite: readonly NotFinite[];
  readonly inputs: readonly DeclaredValue[];
  readonly outputs: readonly DeclaredValue[];
  /** The model's `metadata_props`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The smallest entry that runs it: `@inkling/onnx`, `@inkling/onnx/full` or `@inkling/onnx/ort`. */
  readonly tier: Tier;
  /** What `tier` is due to, operators and types; empty for `mlp`. */
  readonly forcedBy: readonly string[];
}

/** Reads what a model is made of, without planning or running it, and without a limit on its size: it is for tools, and
 * for choosing an entry. Throws an `OnnxError`, `E_MODEL_FORMAT`, for bytes that are not a model. Stores nothing and
 * sends nothing. */
export function inspect(model: Uint8Array | ArrayBuffer): Inspection {
  return within(
    () => 'model',
    // A copy or a view of its own, because what is sliced from a Node Buffer shares its memory.
    () => describe(new Uint8Array(model)),
  );
}

function describe(bytes: Uint8Array): Inspection {
  const proto = readMessage(bytes);
  const [graph] = proto(7, readMessage);
  const opsets = Object.fromEntries(
    proto(8, (content) => {
      const entry = readMessage(content);
      return [[text(entry, 1) || 'ai.onnx', integer(entry, 2)] as const];
    }),
  );
  if (!graph || !Object.keys(opsets).length) {
    return fail('E_MODEL_FORMAT', 'a graph and its opsets', `${bytes.length} bytes without them`);
  }
  const operators = new Map<string, number>();
  const stored = graph(5, describeTensor);
  const made: string[] = [];
  for (const node of graph(1, readMessage)) {
    const domain = text(node, 7);
    const operator = (domain && domain !== 'ai.onnx' ? `${domain}.` : '') + text(node, 4);
    operators.set(operator, (operators.get(operator) ?? 0) + 1);
    const attributes = node(5, readMessage);
    if (operator === 'Constant') {
      const tensors = attributes.flatMap((attribute) => attribute(5, describeTensor));
      stored.push(...tensors.map((tensor) => ({ ...tensor, name: node(2, readText).join() })));
    }
    made.push(...attributes.flatMap((attribute) => typeMade(operator, attribute)));
  }
  // Models from before IR version 4 list initializers among the inputs too.
  const names = new Set(stored.map(({ name }) => name));
  const inputs = graph(11, describeValue).filter(({ name }) => !names.has(name));
  const outputs = graph(12, describeValue);
  return {
    irVersion: integer(proto, 1),
    producer: `${text(proto, 2)} ${text(proto, 3)}`.trim(),
    opsets,
    operators: Object.fromEntries(operators),
    parameters: {
      count: stored.reduce((sum, { count }) => sum + count, 0),
      bytes: stored.reduce((sum, { size }) => sum + size, 0),
    },
    notFinite: stored
      .map(({ name, nan, infinite }) => ({ name, nan, infinite }))
      .filter(({ nan, infinite }) => nan + infinite > 0),
    inputs,
    outputs,
    metadata: readMetadata(proto),
    ...tierOf(
      [...operators.keys()],
      [...inputs.concat(outputs).map(({ type }) => type), ...made],
      stored.map(({ type }) => type),
    ),
  };
}

/** `metadata_props` of a ModelProto. */
export function readMetadata(model: Message): Readonly<Record<string, string>> {
  return Object.fromEntries(
    model(14, (content) => {
      const entry = readMessage(content);
      return [[text(entry, 1), text(entry, 2)] as const];
    }),
  );
}

function describeTensor(content: Content): {
  readonly name: string;
  readonly type: string;
  readonly count: number;
  readonly size: number;
  readonly nan: number;
  readonly infinite: number;
} {
  const proto = readMessage(content);
  const name = text(proto, 8);
  const dims = proto(1, readIntegers).map(Number);
  const [type, bits] = typeAt(integer(proto, 2));
  const count = dims.reduce((product, dim) => product * dim, 1);
  if (!dims.every((dim) => dim >= 0) || !Number.isSafeInteger(count * 16)) {
    fail('E_MODEL_FORMAT', `dims of tensor "${name}"`, `[${dims}]`);
  }
  return { name, type, count, size: Math.ceil((count * bits) / 8), ...countNotFinite(proto, type) };
}

/** ValueInfoProto > TypeProto > Tensor > TensorShapeProto > Dimension. */
function describeValue(content: Content): DeclaredValue {
  const proto = readMessage(content);
  const name = text(proto, 1);
  const [type] = proto(2, readMessage);
  const [tensor] = type?.(1, readMessage) ?? [];
  if (!tensor) {
    const kinds = { 4: 'sequence', 5: 'map', 8: 'sparse tensor', 9: 'optional' };
    const kind = Object.entries(kinds).find(([field]) => type?.(Number(field), () => 0).length);
    return { name, type: kind?.[1] ?? 'undefined' };
  }
  const [shape] = tensor(2, (dims) => [readMessage(dims)(1, describeDimension)]);
  return { name, type: typeAt(integer(tensor, 1))[0], ...(shape && { shape }) };
}

function describeDimension(content: Content): number | string {
  const proto = readMessage(content);
  const [size = -1] = proto(1, Number);
  return size < 0 ? text(proto, 2) : size;
}

/** The type that an attribute says a node makes, none for most. */
function typeMade(operator: string, attribute: Message): readonly string[] {
  const name = text(attribute, 1);
  if (operator === 'Cast' && name === 'to') return [typeAt(integer(attribute, 3))[0]];
  return operator === 'Constant' && name.startsWith('value_string') ? ['string'] : [];
}

function typeAt(code: number): readonly [name: string, bits: number] {
  return TYPES[code] ?? fail('E_MODEL_FORMAT', 'a type of ONNX', code);
}

function text(message: Message, field: number): string {
  return message(field, readText).join('');
}

function integer(message: Message, field: number): number {
  const [value = 0] = message(field, Number);
  return Number.isSafeInteger(value) ? value : fail('E_MODEL_FORMAT', `a number as field ${field}`, value);
}
