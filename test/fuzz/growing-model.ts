import { buildModel, float32, type NodeSpec } from '../onnx/model-builder.ts';
import type { Random } from '../onnx/random.ts';

/** Most rows and columns; fed and stored are a column and a row, so that nearly all is made by the run. */
const MOST = 400;
/** Nodes that each keep, double or make anew what grows, in operators that every entry has. */
const MOST_NODES = 16;

/** A small model of which a run makes much: the limits of a run are met by no other kind. */
export function growingModel({ integer, floats }: Random): Uint8Array {
  const size = (): number => 1 + integer(1 + integer(MOST));
  const [rows, columns] = [size(), size()];
  const nodes: NodeSpec[] = [
    { op: integer(2) ? 'Add' : 'MatMul', inputs: ['x', 'w'], outputs: ['y0'] }, // [rows, columns] either way
  ];
  for (let i = integer(1 + integer(MOST_NODES)); i > 0; i--) {
    const before = `y${nodes.length - 1}`;
    const outputs = [`y${nodes.length}`];
    const kind = integer(8);
    if (kind === 0) nodes.push({ op: 'Concat', inputs: [before, before], outputs, attributes: { axis: 0 } });
    else if (kind < 3) nodes.push({ op: 'Mul', inputs: [before, 'w'], outputs });
    else nodes.push({ op: kind < 5 ? 'Relu' : kind < 7 ? 'Identity' : 'Tanh', inputs: [before], outputs });
  }
  return buildModel({
    nodes,
    initializers: { w: float32([1, columns], floats(columns)) },
    inputs: [{ name: 'x', dims: [rows, 1] }],
    outputs: [{ name: `y${nodes.length - 1}` }],
  });
}
