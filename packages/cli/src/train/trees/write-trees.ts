import protobuf from 'protobufjs';
import type { Branch, Forest, Leaf } from './tree.ts';

/** The messages of onnx.proto3 and onnx-ml.proto3 that trees need (https://onnx.ai, IR version 8, ai.onnx.ml 3). */
const { root } = protobuf.parse(
  `
  syntax = "proto3";
  message ModelProto { int64 ir_version = 1; string producer_name = 2; GraphProto graph = 7;
    repeated OperatorSetIdProto opset_import = 8; repeated StringStringEntryProto metadata_props = 14; }
  message OperatorSetIdProto { string domain = 1; int64 version = 2; }
  message StringStringEntryProto { string key = 1; string value = 2; }
  message GraphProto { repeated NodeProto node = 1; string name = 2;
    repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12; }
  message NodeProto { repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4;
    repeated AttributeProto attribute = 5; string domain = 7; }
  message AttributeProto { string name = 1; int64 i = 3; repeated float floats = 7; repeated int64 ints = 8;
    repeated bytes strings = 9; int32 type = 20; }
  message ValueInfoProto { string name = 1; TypeProto type = 2; }
  message TypeProto { Tensor tensor_type = 1; message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; } }
  message TensorShapeProto { repeated Dimension dim = 1; message Dimension { int64 dim_value = 1; string dim_param = 2; } }
`,
  { keepCase: true },
);

const FLOAT = 1;
const text = new TextEncoder();

/** Writes trees as an ONNX TreeEnsembleRegressor: `features` f32[N, F] to `score` f32[N, 1]. */
export function writeTrees({ width, trees }: Forest, metadata: Readonly<Record<string, string>>): Uint8Array {
  const nodes = (trees.length > 0 ? trees : [[{ value: 0 }]]).flatMap((tree, index) =>
    tree.map((node: Branch | Leaf, place) => ({ tree: index, place, node })),
  );
  const ofBranch = (of: (branch: Branch) => number) =>
    nodes.map(({ node }) => ('value' in node ? 0 : of(node)));
  const leaves = nodes.flatMap(({ tree, place, node }) =>
    'value' in node ? [{ tree, place, value: node.value }] : [],
  );
  const attribute = [
    { name: 'n_targets', type: 2, i: 1 },
    ints(
      'nodes_treeids',
      nodes.map(({ tree }) => tree),
    ),
    ints(
      'nodes_nodeids',
      nodes.map(({ place }) => place),
    ),
    {
      name: 'nodes_modes',
      type: 8,
      strings: nodes.map(({ node }) => text.encode('value' in node ? 'LEAF' : 'BRANCH_LEQ')),
    },
    ints(
      'nodes_featureids',
      ofBranch(({ column }) => column),
    ),
    { name: 'nodes_values', type: 6, floats: ofBranch(({ threshold }) => threshold) },
    ints(
      'nodes_truenodeids',
      ofBranch(({ yes }) => yes),
    ),
    ints(
      'nodes_falsenodeids',
      ofBranch(({ no }) => no),
    ),
    ints(
      'nodes_missing_value_tracks_true',
      ofBranch(({ missingIsYes }) => Number(missingIsYes)),
    ),
    ints(
      'target_treeids',
      leaves.map(({ tree }) => tree),
    ),
    ints(
      'target_nodeids',
      leaves.map(({ place }) => place),
    ),
    ints(
      'target_ids',
      leaves.map(() => 0),
    ),
    { name: 'target_weights', type: 6, floats: leaves.map(({ value }) => value) },
  ];
  const value = (name: string, columns: number) => ({
    name,
    type: {
      tensor_type: { elem_type: FLOAT, shape: { dim: [{ dim_param: 'N' }, { dim_value: columns }] } },
    },
  });
  const model = {
    ir_version: 8,
    producer_name: 'inkling',
    opset_import: [
      { domain: '', version: 13 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    metadata_props: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'ranker',
      node: [
        {
          op_type: 'TreeEnsembleRegressor',
          domain: 'ai.onnx.ml',
          name: 'trees',
          input: ['features'],
          output: ['score'],
          attribute,
        },
      ],
      input: [value('features', width)],
      output: [value('score', 1)],
    },
  };
  const type = root.lookupType('ModelProto');
  return type.encode(type.create(model)).finish();
}

function ints(name: string, values: readonly number[]): object {
  return { name, type: 7, ints: values };
}
