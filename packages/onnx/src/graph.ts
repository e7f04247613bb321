import { within } from './onnx-error.ts';
import { type Content, readFloats, readIntegers, readMessage, readText } from './protobuf-message.ts';
import type { NamedValue, TensorFormat } from './tensor-proto.ts';
import type { TensorType, Value } from './value.ts';

export type Attribute = number | bigint | string | Value | (number | bigint)[] | string[];

export interface GraphNode {
  /** `Gemm "dense_1"`: the operator, with its domain where that is not ONNX's own, and the node's name, or that of
   * what it makes where it has none. */
  readonly place: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute | undefined>;
}

/** What a model declares about an input or output. */
export interface ValueMetadata {
  readonly name: string;
  readonly isTensor: true;
  readonly type: TensorType;
  /** A symbolic dimension is its name, `''` where it has none. Empty where the model declares no shape. */
  readonly shape: readonly (number | string)[];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly NamedValue[];
  readonly inputs: readonly ValueMetadata[];
  readonly outputs: readonly ValueMetadata[];
}

/** Decodes a GraphProto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */
export function decodeGraph(content: Content, format: TensorFormat): Graph {
  const proto = readMessage(content);
  const initializers = proto(5, format.decodeTensor);
  // Models from before IR version 4 list initializers among the inputs too.
  const stored = new Set(initializers.map(({ name }) => name));
  return {
    initializers,
    nodes: proto(1, (node) => decodeNode(node, format)),
    inputs: proto(11, (info) => decodeValueInfo(info, format)).filter(({ name }) => !stored.has(name)),
    outputs: proto(12, (info) => decodeValueInfo(info, format)),
  };
}

function decodeNode(content: Content, format: TensorFormat): GraphNode {
  const proto = readMessage(content);
  const domain = proto(7, readText).join('');
  const operator = (domain && domain !== 'ai.onnx' ? `${domain}.` : '') + proto(4, readText).join('');
  const outputs = proto(2, readText);
  return {
    place: `${operator} "${proto(3, readText).join('') || outputs[0]}"`,
    operator,
    inputs: proto(1, readText),
    outputs,
    attributes: new Map(
      proto<[string, Attribute | undefined]>(5, (attribute) => [decodeAttribute(attribute, format)]),
    ),
  };
}

function decodeAttribute(content: Content, { decodeTensor }: TensorFormat): [string, Attribute | undefined] {
  const proto = readMessage(content);
  const [type = 0] = proto(20, Number);
  const numbers = [
    ...proto(2, readFloats),
    ...proto(7, readFloats),
    ...proto(3, readIntegers),
    ...proto(8, readIntegers),
  ];
  return [
    proto(1, readText).join(''),
    // FLOAT and INT, where writers may leave out a zero; STRING, TENSOR; STRINGS; FLOATS, INTS or what no operator here
    // takes.
    type < 3
      ? (numbers[0] ?? 0)
      : type === 8
        ? proto(9, readText)
        : ([proto(4, readText)[0], proto(5, decodeTensor)[0]][type - 3] ?? numbers),
  ];
}

/** ValueInfoProto > TypeProto > Tensor > TensorShapeProto > Dimension. */
function decodeValueInfo(content: Content, { typeOf }: TensorFormat): ValueMetadata {
  const proto = readMessage(content);
  const name = proto(1, readText).join('');
  const [tensor] = proto(2, (type) => readMessage(type)(1, readMessage));
  return {
    name,
    isTensor: true,
    type: within(
      () => `"${name}"`,
      () => typeOf(tensor?.(1, Number)[0] ?? 0),
    ),
    shape: tensor?.(2, (shape) => readMessage(shape)(1, decodeDimension)) ?? [],
  };
}

function decodeDimension(content: Content): number | string {
  const proto = readMessage(content);
  const [size = -1] = proto(1, Number);
  return size < 0 ? proto(2, readText).join('') : size;
}
