import { listNodes, type Node, parseTree, writeTree } from './message-tree.ts';

/** Makes a model smaller for as long as it `fails` and there is time: by nodes first, then by
 * fields and messages, then by bytes.
 * @param isOver tells when to stop */
export async function shrink(
  model: Uint8Array,
  fails: (bytes: Uint8Array) => Promise<boolean>,
  isOver: () => boolean,
): Promise<Uint8Array> {
  let least = model;
  /** Whether the candidate is smaller and still fails. */
  const accept = async (bytes: Uint8Array): Promise<boolean> => {
    if (bytes.length >= least.length || !(await fails(bytes))) return false;
    least = bytes;
    return true;
  };
  /** Takes a node away, and what is made of its result becomes made of its input. */
  const shrinkNodes = async (tree: Node[]): Promise<boolean> => {
    let isSmaller = false;
    for (const { node, siblings } of listNodes(tree).reverse()) {
      if (isOver()) break;
      const [input] = node.children?.filter(({ field }) => field === 1) ?? [];
      const [output] = node.children?.filter(({ field }) => field === 2) ?? [];
      if (node.kind !== 'node' || !input || !output) continue;
      const at = siblings.indexOf(node);
      const before = structuredClone(siblings);
      siblings.splice(at, 1);
      for (const { node: name } of listNodes(siblings)) {
        if (name.field === 1 && Buffer.compare(name.bytes, output.bytes) === 0) name.bytes = input.bytes;
      }
      if (await accept(Uint8Array.from(writeTree(tree)))) isSmaller = true;
      else siblings.splice(0, siblings.length, ...before);
    }
    return isSmaller;
  };
  const shrinkTree = async (tree: Node[]): Promise<boolean> => {
    let isSmaller = false;
    // From behind, so that what uses a value goes before what makes it.
    for (const { node, siblings } of listNodes(tree).reverse()) {
      if (isOver()) break;
      const at = siblings.indexOf(node);
      if (at < 0) continue; // gone with what held it
      siblings.splice(at, 1);
      if (await accept(Uint8Array.from(writeTree(tree)))) isSmaller = true;
      else siblings.splice(at, 0, node);
    }
    return isSmaller;
  };
  const shrinkBytes = async (): Promise<void> => {
    for (let size = least.length >> 1; size > 0 && !isOver(); size >>= 1) {
      for (let at = 0; at < least.length && !isOver(); ) {
        const rest = Uint8Array.from([...least.subarray(0, at), ...least.subarray(at + size)]);
        if (!(await accept(rest))) at += size;
      }
    }
  };
  const tree = parseTree(model);
  // What cannot be taken apart, its framing being damaged, is not put together again either.
  if (await fails(Uint8Array.from(writeTree(tree)))) {
    while ((await shrinkNodes(tree)) || (await shrinkTree(tree)));
  }
  await shrinkBytes();
  return least;
}
