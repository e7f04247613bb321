import protobuf from 'protobufjs';

/** The messages of onnx.proto3 that a ranker needs (https://onnx.ai, IR version 8, operator sets 13 and ai.onnx.ml 3). */
const { root } = protobuf.parse(
  `
  syntax = "proto3";
  message ModelProto { int64 ir_version = 1; string producer_name = 2; GraphProto graph = 7;
    repeated OperatorSetIdProto opset_import = 8; repeated StringStringEntryProto metadata_props = 14; }
  message OperatorSetIdProto { string domain = 1; int64 version = 2; }
  message StringStringEntryProto { string key = 1; string value = 2; }
  message GraphProto { repeated NodeProto node = 1; string name = 2; repeated TensorProto initializer = 5;
    repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12; }
  message NodeProto { repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4;
    repeated AttributeProto attribute = 5; string domain = 7; }
  message AttributeProto { string name = 1; int64 i = 3; repeated float floats = 7; repeated int64 ints = 8;
    repeated bytes strings = 9; int32 type = 20; }
  message TensorProto { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
  message ValueInfoProto { string name = 1; TypeProto type = 2; }
  message TypeProto { Tensor tensor_type = 1; message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; } }
  message TensorShapeProto { repeated Dimension dim = 1; message Dimension { int64 dim_value = 1; string dim_param = 2; } }
`,
  { keepCase: true },
);

/** TensorProto.DataType. */
export const DATA_TYPES = { float32: 1, int8: 3, int64: 7, float16: 10 } as const;

type DataType = keyof typeof DATA_TYPES;

type Cells = Float32Array | Int8Array | Uint16Array | BigInt64Array;

/** A whole number, whole numbers, numbers or texts. */
type Attribute = number | Int32Array | Float32Array | readonly string[];

/** A model being written, node by node. Names of its own begin with a slash, which no input's name has. */
export interface OnnxGraph {
  /** Declares an input [N, columns], once where parts of the model share it. @returns its name */
  input(name: string, type: DataType, columns: number): string;
  /** @param cells of float16 their bits @returns its name */
  constant(label: string, type: DataType, dims: readonly number[], cells: Cells): string;
  /** @param operator one of ai.onnx.ml begins with `ml.` @returns the name of what it gives */
  node(operator: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>): string;
  /** The bytes of the model that gives this value as `score` f32[N, 1]. */
  finish(score: string, metadata: Readonly<Record<string, string>>): Uint8Array;
}

const OPERATOR_SETS = [
  { domain: '', version: 13 },
  { domain: 'ai.onnx.ml', version: 3 },
];

export function createOnnxGraph(): OnnxGraph {
  const inputs = new Map<string, object>();
  const initializers: object[] = [];
  const nodes: {
    op_type: string;
    domain: string | undefined;
    name: string;
    input: readonly string[];
    output: string[];
    attribute: object[];
  }[] = [];
  const value = (name: string, type: DataType, columns: number) => ({
    name,
    type: {
      tensor_type: {
        elem_type: DATA_TYPES[type],
        shape: { dim: [{ dim_param: 'N' }, { dim_value: columns }] },
      },
    },
  });
  return {
    input(name, type, columns) {
      inputs.set(name, value(name, type, columns));
      return name;
    },
    constant(label, type, dims, cells) {
      const name = `/${label}`;
      initializers.push({ name, dims, data_type: DATA_TYPES[type], raw_data: littleEndian(cells) });
      return name;
    },
    node(operator, input, attributes = {}) {
      const op_type = operator.replace('ml.', '');
      const name = `/${op_type.toLowerCase()}${nodes.length + 1}`;
      const attribute = Object.entries(attributes).map(([key, of]) => ({ name: key, ...attributeOf(of) }));
      const domain = op_type === operator ? undefined : 'ai.onnx.ml';
      nodes.push({ op_type, domain, name, input, output: [name], attribute });
      return name;
    },
    finish(score, metadata) {
      for (const { name, output } of nodes) if (name === score) output[0] = 'score';
      const model = {
        ir_version: 8,
        producer_name: 'inkling',
        opset_import: OPERATOR_SETS.filter(
          (set) => set.domain === '' || nodes.some(({ domain }) => domain === set.domain),
        ),
        metadata_props: Object.entries(metadata).map(([key, text]) => ({ key, value: text })),
        graph: {
          name: 'ranker',
          node: nodes,
          initializer: initializers,
          input: [...inputs.values()],
          output: [value('score', 'float32', 1)],
        },
      };
      const type = root.lookupType('ModelProto');
      return type.encode(type.create(model)).finish();
    },
  };
}

/** With its AttributeProto.AttributeType. */
function attributeOf(value: Attribute): object {
  if (typeof value === 'number') return { i: value, type: 2 };
  if (value instanceof Float32Array) return { floats: value, type: 6 };
  if (value instanceof Int32Array) return { ints: value, type: 7 };
  return { strings: value.map((text) => Buffer.from(text)), type: 8 };
}

/** ONNX stores raw data little-endian, whatever the machine. */
function littleEndian(cells: Cells): Uint8Array {
  const size = cells.BYTES_PER_ELEMENT;
  const raw = new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength).slice();
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  for (let at = 0; !isLittle && at < raw.length; at += size) raw.subarray(at, at + size).reverse();
  return raw;
}
