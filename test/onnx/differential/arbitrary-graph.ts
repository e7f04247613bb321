import fc from 'fast-check';
import type { NodeSpec } from '../model-builder.ts';
import { axisOf, data, wholes } from './arbitrary-data.ts';
import type { Data, Graph } from './graph-model.ts';

/** A graph while it grows: values by name with their shapes, all of float32. */
interface Draft {
  readonly nodes: readonly NodeSpec[];
  readonly inputs: Readonly<Record<string, Data>>;
  readonly shapes: readonly (readonly [name: string, dims: readonly number[]])[];
}

/** What a step adds: a node, the shape it makes, and further inputs. */
interface Step {
  readonly node: Omit<NodeSpec, 'outputs'>;
  readonly dims: readonly number[];
  readonly inputs?: Readonly<Record<string, Data>>;
}

type Grow = (draft: Draft, value: string, dims: readonly number[], fresh: string) => fc.Arbitrary<Step>;

const UNARY = [
  'Relu',
  'Sigmoid',
  'Tanh',
  'Neg',
  'Abs',
  'Softplus',
  'Softsign',
  'Identity',
  'Elu',
  'HardSigmoid',
  'LeakyRelu',
];

const STEPS: readonly Grow[] = [
  (_, value, dims) => fc.constantFrom(...UNARY).map((op) => ({ node: { op, inputs: [value] }, dims })),
  (_, value, dims) =>
    axisOf(dims.length).map((axis) => ({
      node: { op: 'Softmax', inputs: [value], attributes: { axis } },
      dims,
    })),
  // With another value of the same shape, or itself.
  ({ shapes }, value, dims) =>
    fc
      .tuple(
        fc.constantFrom('Add', 'Sub', 'Mul', 'Max', 'Min', 'Mean'),
        fc.constantFrom(...shapes.filter(([, other]) => `${other}` === `${dims}`)),
      )
      .map(([op, [other]]) => ({ node: { op, inputs: [value, other] }, dims })),
  // With a stored row, as biases are.
  (_, value, dims, fresh) =>
    fc
      .tuple(fc.constantFrom('Add', 'Sub', 'Mul', 'PRelu'), data('float32', dims.slice(-1), [-4, 4]))
      .map(([op, row]) => ({
        node: { op, inputs: [value, fresh] },
        dims,
        inputs: { [fresh]: { ...row, isStored: true } },
      })),
  (_, value, dims, fresh) =>
    fc.integer({ min: 1, max: 7 }).chain((width) =>
      data('float32', [dims.at(-1) as number, width], [-4, 4]).map((weights) => ({
        node: { op: 'MatMul', inputs: [value, fresh] },
        dims: [...dims.slice(0, -1), width],
        inputs: { [fresh]: { ...weights, isStored: true } },
      })),
    ),
  (_, value, dims) =>
    fc.shuffledSubarray([...dims.keys()], { minLength: dims.length }).map((perm) => ({
      node: { op: 'Transpose', inputs: [value], attributes: { perm } },
      dims: perm.map((axis) => dims[axis] as number),
    })),
  (_, value, dims, fresh) =>
    fc
      .tuple(fc.constantFrom('ReduceMean', 'ReduceMax', 'ReduceSum', 'ReduceL2'), axisOf(dims.length))
      .chain(([op, axis]) =>
        wholes([axis]).map((axes) => ({
          node: { op, inputs: [value, fresh] },
          dims: dims.map((dim, i) => (i === (axis + dims.length) % dims.length ? 1 : dim)),
          inputs: { [fresh]: { ...axes, isStored: true } },
        })),
      ),
  (_, value, dims) =>
    axisOf(dims.length).map((axis) => ({
      node: { op: 'Concat', inputs: [value, value], attributes: { axis } },
      dims: dims.map((dim, i) => (i === (axis + dims.length) % dims.length ? 2 * dim : dim)),
    })),
  (_, value, dims, fresh) =>
    wholes([dims.reduce((a, b) => a * b, 1) / (dims.at(-1) as number), dims.at(-1) as number]).map(
      (shape) => ({
        node: { op: 'Reshape', inputs: [value, fresh] },
        dims: shape.values as number[],
        inputs: { [fresh]: { ...shape, isStored: true } },
      }),
    ),
  (_, value, dims, fresh) =>
    fc
      .array(fc.integer({ min: 0, max: (dims.at(-1) as number) - 1 }), { minLength: 1, maxLength: 4 })
      .chain((picks) =>
        wholes(picks).map((indices) => ({
          node: { op: 'Gather', inputs: [value, fresh], attributes: { axis: -1 } },
          dims: [...dims.slice(0, -1), picks.length],
          inputs: { [fresh]: indices },
        })),
      ),
  (_, value, dims, fresh) =>
    data('float32', dims.slice(-1), [1, 4]).map((scale) => ({
      node: {
        op: 'LayerNormalization',
        inputs: [value, fresh],
        attributes: { axis: -1, epsilon: { float: 0.5 } },
      },
      dims,
      inputs: { [fresh]: { ...scale, isStored: true } },
    })),
];

function grow(draft: Draft, left: number): fc.Arbitrary<Graph> {
  const count = draft.nodes.length;
  const last = draft.shapes.at(-1) as Draft['shapes'][number]; // there is an input
  if (!left) {
    // What nothing takes goes out as well, so that no node is idle.
    const used = new Set(draft.nodes.flatMap(({ inputs }) => inputs));
    const outputs = draft.nodes.flatMap((node) => node.outputs).filter((name) => !used.has(name));
    return fc.constant({
      opset: 18,
      nodes: draft.nodes,
      inputs: draft.inputs,
      outputs: Object.fromEntries(outputs.map((name) => [name, 'float32' as const])),
    });
  }
  return fc
    .tuple(
      fc.constantFrom(...STEPS),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(last) },
        { weight: 1, arbitrary: fc.constantFrom(...draft.shapes) },
      ),
    )
    .chain(([step, [value, dims]]) => step(draft, value, dims, `c${count}`))
    .chain((step) =>
      grow(
        {
          nodes: [...draft.nodes, { ...step.node, outputs: [`v${count}`] }],
          inputs: { ...draft.inputs, ...step.inputs },
          shapes: [...draft.shapes, [`v${count}`, step.dims]],
        },
        left - 1,
      ),
    );
}

/** Graphs of 1 to 10 nodes that each take what an earlier one made. */
export const graphs: fc.Arbitrary<Graph> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 1, max: 10 }),
  )
  .chain(([dims, count]) =>
    data('float32', dims).chain((x) =>
      grow({ nodes: [], inputs: { x: { ...x, isStored: false } }, shapes: [['x', dims]] }, count),
    ),
  );
