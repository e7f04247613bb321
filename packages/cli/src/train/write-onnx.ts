import protobuf from 'protobufjs';
import type { Network } from './network.ts';

/** The messages of onnx.proto3 that a ranker needs (https://onnx.ai, IR version 8, operator set 13). */
const { root } = protobuf.parse(
  `
  syntax = "proto3";
  message ModelProto { int64 ir_version = 1; string producer_name = 2; GraphProto graph = 7;
    repeated OperatorSetIdProto opset_import = 8; repeated StringStringEntryProto metadata_props = 14; }
  message OperatorSetIdProto { string domain = 1; int64 version = 2; }
  message StringStringEntryProto { string key = 1; string value = 2; }
  message GraphProto { repeated NodeProto node = 1; string name = 2; repeated TensorProto initializer = 5;
    repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12; }
  message NodeProto { repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4; }
  message TensorProto { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
  message ValueInfoProto { string name = 1; TypeProto type = 2; }
  message TypeProto { Tensor tensor_type = 1; message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; } }
  message TensorShapeProto { repeated Dimension dim = 1; message Dimension { int64 dim_value = 1; string dim_param = 2; } }
`,
  { keepCase: true },
);

const FLOAT = 1;

/** Writes a network as an ONNX model: `features` f32[N, F] to `score` f32[N, 1]. */
export function writeOnnx(network: Network, metadata: Readonly<Record<string, string>>): Uint8Array {
  const last = network.length - 1;
  const value = (name: string, columns: number) => ({
    name,
    type: {
      tensor_type: { elem_type: FLOAT, shape: { dim: [{ dim_param: 'N' }, { dim_value: columns }] } },
    },
  });
  const node = network.flatMap((_, depth) => {
    const input = depth === 0 ? 'features' : `hidden${depth}`;
    const output = depth === last ? 'score' : `linear${depth + 1}`;
    const gemm = {
      op_type: 'Gemm',
      name: `gemm${depth + 1}`,
      input: [input, `weights${depth + 1}`, `bias${depth + 1}`],
      output: [output],
    };
    const relu = {
      op_type: 'Relu',
      name: `relu${depth + 1}`,
      input: [output],
      output: [`hidden${depth + 1}`],
    };
    return depth === last ? [gemm] : [gemm, relu];
  });
  const initializer = network.flatMap(({ inputs, outputs, weights, bias }, depth) => [
    tensor(`weights${depth + 1}`, [inputs, outputs], weights),
    tensor(`bias${depth + 1}`, [outputs], bias),
  ]);
  const model = {
    ir_version: 8,
    producer_name: 'inkling',
    opset_import: [{ domain: '', version: 13 }],
    metadata_props: Object.entries(metadata).map(([key, text]) => ({ key, value: text })),
    graph: {
      name: 'ranker',
      node,
      initializer,
      input: [value('features', network[0]?.inputs ?? 0)],
      output: [value('score', 1)],
    },
  };
  const type = root.lookupType('ModelProto');
  return type.encode(type.create(model)).finish();
}

function tensor(name: string, dims: readonly number[], data: Float32Array): object {
  const raw = new Uint8Array(data.length * 4);
  const view = new DataView(raw.buffer);
  // ONNX stores raw data little-endian, whatever the machine.
  data.forEach((x, i) => {
    view.setFloat32(i * 4, x, true);
  });
  return { name, dims, data_type: FLOAT, raw_data: raw };
}
