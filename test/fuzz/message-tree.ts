/** A protobuf message taken apart far enough to be damaged in a way that leaves its framing whole. */
export interface Node {
  readonly field: number;
  readonly wire: number;
  /** A varint. */
  value: bigint;
  /** What is length-delimited or of fixed size, and no message. */
  bytes: Uint8Array;
  /** Of a message. */
  children: Node[] | undefined;
  /** Which message it is, `''` for none. */
  readonly kind: string;
}

/** Which fields are messages, by onnx.proto. */
const KINDS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  model: { 7: 'graph', 8: 'opset', 14: 'entry' },
  graph: { 1: 'node', 5: 'tensor', 11: 'value', 12: 'value', 13: 'value' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph' },
  value: { 2: 'type' },
  type: { 1: 'tensorType' },
  tensorType: { 2: 'shape' },
  shape: { 1: 'dimension' },
  opset: {},
  entry: {},
  tensor: {},
  dimension: {},
};

export function parseTree(bytes: Uint8Array, kind = 'model'): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const wire = key & 7;
    const node: Node = {
      field: key >> 3,
      wire,
      value: 0n,
      bytes: new Uint8Array(),
      children: undefined,
      kind: KINDS[kind]?.[key >> 3] ?? '',
    };
    if (wire === 0) node.value = varint();
    else {
      const size = wire === 2 ? Number(varint()) : wire === 5 ? 4 : 8;
      node.bytes = bytes.slice(at, at + size);
      at += size;
      if (node.kind) node.children = parseTree(node.bytes, node.kind);
    }
    nodes.push(node);
  }
  return nodes;
}

export function writeTree(nodes: readonly Node[]): number[] {
  const out: number[] = [];
  const varint = (value: bigint): void => {
    let rest = BigInt.asUintN(64, value);
    for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
    out.push(Number(rest));
  };
  for (const { field, wire, value, bytes, children } of nodes) {
    varint(BigInt(field * 8 + wire));
    if (wire === 0) {
      varint(value);
      continue;
    }
    const content = children ? writeTree(children) : bytes;
    if (wire === 2) varint(BigInt(content.length));
    for (const byte of content) out.push(byte);
  }
  return out;
}

/** All nodes of a tree, each with the list that holds it. */
export function listNodes(nodes: Node[]): { readonly node: Node; readonly siblings: Node[] }[] {
  return nodes.flatMap((node) => [
    { node, siblings: nodes },
    ...(node.children ? listNodes(node.children) : []),
  ]);
}
