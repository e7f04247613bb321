import { decodeGraph, type Graph } from './graph.ts';
import { fail } from './onnx-error.ts';
import { readMessage, readText } from './protobuf-message.ts';
import type { TensorFormat } from './tensor-proto.ts';

export interface Model extends Graph {
  /** Version of ONNX's own operators. */
  readonly opset: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Decodes a ModelProto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */
export function decodeModel(bytes: Uint8Array, format: TensorFormat): Model {
  const proto = readMessage(bytes);
  // Without ONNX's own operators there is none of theirs.
  const [opset = 7] = proto(8, (content) => {
    const entry = readMessage(content);
    return ['', 'ai.onnx'].includes(entry(1, readText).join('')) ? entry(2, Number) : [];
  });
  const [graph] = proto(7, (content) => decodeGraph(content, format));
  // Opset 7 brought the broadcasting of today.
  if (!graph || !(opset >= 7))
    return fail('E_MODEL_FORMAT', 'a graph and opset 7 or later', `opset ${opset}`);
  const metadata = proto<[string, string]>(14, (content) => {
    const entry = readMessage(content);
    return [[entry(1, readText).join(''), entry(2, readText).join('')]];
  });
  return { ...graph, opset, metadata: Object.fromEntries(metadata) };
}
