import type { Random } from '../onnx/random.ts';
import { listNodes, type Node, parseTree, writeTree } from './message-tree.ts';

/** Numbers at which things go wrong. */
const NUMBERS: readonly bigint[] = [
  0n,
  1n,
  2n,
  3n,
  7n,
  8n,
  10n,
  16n,
  127n,
  255n,
  1000n,
  65_537n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n,
  2n ** 40n,
  2n ** 53n,
  2n ** 63n - 1n,
  -1n,
  -2n,
  -(2n ** 31n),
  -(2n ** 63n),
];
const FLOATS: readonly number[] = [0, -0, 1, -1, 0.5, 1e-45, 3e38, -3e38, Infinity, -Infinity, Number.NaN];

/** Damages bytes anywhere: mostly the framing breaks. */
export function mutateBytes(model: Uint8Array, { integer }: Random): Uint8Array {
  const bytes = model.slice(0, integer(4) ? model.length : integer(model.length));
  for (let i = integer(4); i >= 0; i--) {
    const at = integer(bytes.length);
    const kind = integer(4);
    if (kind === 0) bytes[at] = integer(256);
    else if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << integer(8));
    else if (kind === 2) bytes.fill(255, at, at + integer(12));
    else bytes.copyWithin(at, integer(bytes.length), integer(bytes.length));
  }
  return bytes;
}

/** Changes what the fields say and leaves the framing whole, so that the damage reaches the plan and the kernels. */
export function mutateFields(model: Uint8Array, words: readonly string[], random: Random): Uint8Array {
  const tree = parseTree(model);
  for (let i = random.integer(1 + random.integer(4)); i >= 0; i--) mutateOne(tree, words, random);
  return Uint8Array.from(writeTree(tree));
}

function mutateOne(tree: Node[], words: readonly string[], random: Random): void {
  const { integer } = random;
  const all = listNodes(tree);
  const { node, siblings } = all[integer(all.length)] ?? {};
  if (!node || !siblings) return;
  const at = siblings.indexOf(node);
  const kind = integer(12);
  if (kind === 0) siblings.splice(at, 1);
  else if (kind === 1) siblings.splice(integer(siblings.length + 1), 0, structuredClone(node));
  else if (kind === 2) siblings.splice(integer(siblings.length), 0, ...siblings.splice(at, 1));
  else if (kind === 3) {
    // Something of the same place elsewhere: another tensor, another node's input, another attribute.
    const same = all.filter((other) => other.node.field === node.field && other.node.kind === node.kind);
    const copy = structuredClone((same[integer(same.length)] ?? { node }).node);
    siblings.splice(at, 1, copy);
  } else if (node.children) mutateOne(node.children, words, random);
  else if (node.wire === 0) node.value = NUMBERS[integer(NUMBERS.length)] ?? 0n;
  else if (kind < 7) node.bytes = new TextEncoder().encode(words[integer(words.length)] ?? '');
  else node.bytes = mutateCells(node.bytes, random);
}

function mutateCells(bytes: Uint8Array, { integer }: Random): Uint8Array {
  const kind = integer(4);
  const size = bytes.length;
  if (kind === 0) return bytes.slice(0, integer(size + 1));
  if (kind === 1) return Uint8Array.from([...bytes, ...bytes]);
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  if (kind === 2 && size >= 4)
    view.setFloat32(integer(size >> 2) * 4, FLOATS[integer(FLOATS.length)] ?? 0, true);
  else if (size >= 8) view.setBigInt64(integer(size >> 3) * 8, NUMBERS[integer(NUMBERS.length)] ?? 0n, true);
  else if (size) copy[integer(size)] = integer(256);
  return copy;
}
