import type { Nodes } from './arbitrary-case.ts';
import { creationNodes } from './creation-nodes.ts';
import { einsumNodes } from './einsum-nodes.ts';
import { elementwiseNodes } from './elementwise-nodes.ts';
import { indexingNodes } from './indexing-nodes.ts';
import { linearNodes } from './linear-nodes.ts';
import { movementNodes } from './movement-nodes.ts';
import { normalizationNodes } from './normalization-nodes.ts';
import { recurrentNodes } from './recurrent-nodes.ts';
import { reductionNodes } from './reduction-nodes.ts';
import { tabularNodes } from './tabular-nodes.ts';
import { treeNodes } from './tree-nodes.ts';

/** Every operator of the package that onnxruntime has, and nodes of each. */
export const NODES: Nodes = {
  ...elementwiseNodes,
  ...reductionNodes,
  ...movementNodes,
  ...indexingNodes,
  ...creationNodes,
  ...linearNodes,
  ...normalizationNodes,
  ...tabularNodes,
  ...treeNodes,
  ...recurrentNodes,
  ...einsumNodes,
};
