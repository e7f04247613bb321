import { fail } from '../onnx-error.ts';
import { type Operator, type OperatorNode, type Operators, resolveIndex } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { type Cells, type Dims, sizeOf, type Value } from '../value.ts';
import { fullKernelsOf } from './full-kernels.ts';
import { compute, rowsOf, stridesOf, walk } from './layout.ts';

/** Elements of a constant that are copied to where a kernel finds them; beyond, that costs more than it saves. */
const MOST_COPIED = 1_048_576;

export const indexing: Operators = {
  Gather: [
    2,
    '',
    (node) => {
      const plain = (mlpOperators.Gather as Operator)[2](node);
      const given = node.number('axis', 0);
      return (x, indices) => {
        const { outer, size, inner } = rowsOf(x.dims, given);
        const kernels = fullKernelsOf(node);
        const bytes = inner * (x.type.endsWith('64') ? 8 : 4);
        const count = sizeOf(indices.dims);
        const isWide = indices.type === 'int64';
        // The kernel moves words, and what is in its memory; it looks at indices even where nothing is to be moved.
        if (
          !kernels ||
          !(outer * count * inner) ||
          !/(32|64)$/.test(x.type) ||
          !/^int/.test(indices.type) ||
          (!x.cell && sizeOf(x.dims) > MOST_COPIED)
        ) {
          return plain(x, indices);
        }
        const at = resolveIndex(given, x.dims.length);
        const out = node.allocate(x.type, [...x.dims.slice(0, at), ...indices.dims, ...x.dims.slice(at + 1)]);
        const [to, from, where] = [out, x, indices].map(node.address) as [number, number, number];
        node.each(() => {
          const wrong = kernels.gather(to, from, where, isWide, count, outer, size, bytes);
          if (wrong) resolveIndex(Number(indices.data[wrong - 1]), size);
        });
        return out;
      };
    },
  ],

  GatherElements: [2, '', (node) => gather(node, elementsOf(node))],
  ScatterElements: [3, '', (node) => scatter(node, elementsOf(node))],
  GatherND: [2, '', (node) => gather(node, blocksOf(node.number('batch_dims', 0)))],
  ScatterND: [3, '', (node) => scatter(node, blocksOf(0))],
};

/** What indices point to in a tensor: blocks, and how to visit them with the place where each begins. */
interface Targets {
  /** Of all of them together. */
  readonly dims: Dims;
  /** Elements of one. */
  readonly width: number;
  visit(picks: Cells, work: (start: number, i: number) => void): void;
}

type Find = (x: Value, indices: Value) => Targets;

const gather =
  (node: OperatorNode, find: Find) =>
  (x: Value, indices: Value): Value => {
    const { dims, width, visit } = find(x, indices);
    return compute(node, x.type, dims, [x, indices], (to, from, picks) =>
      visit(picks, (start, i) => {
        for (let j = 0; j < width; j++) to[i * width + j] = from[start + j] as number;
      }),
    );
  };

function scatter(node: OperatorNode, find: Find): (...inputs: Value[]) => Value {
  const name = `${node.attributes.get('reduction') ?? 'none'}`;
  const known: Readonly<Record<string, (old: number, update: number) => number>> = {
    none: (_, update) => update,
    add: (old, update) => old + update,
    mul: (old, update) => old * update,
    // biome-ignore lint/complexity/useMathMinMax: Math.max and Math.min do not take 64-bit integers.
    max: (old, update) => (old > update ? old : update),
    // biome-ignore lint/complexity/useMathMinMax: Math.max and Math.min do not take 64-bit integers.
    min: (old, update) => (update < old ? update : old),
  };
  const merge =
    (Object.hasOwn(known, name) && known[name]) || fail('E_OPERATOR', `${Object.keys(known)}`, name);
  return (...inputs) => {
    const [x, indices, updates] = inputs as [Value, Value, Value]; // the plan has looked
    const { dims, width, visit } = find(x, indices);
    if (`${updates.dims}` !== `${dims}` || updates.type !== x.type)
      fail('E_SHAPE', 'an update for each index');
    return compute(node, x.type, x.dims, inputs, (to, old, picks, from = []) => {
      for (let i = 0; i < old.length; i++) to[i] = old[i] as number;
      visit(picks, (start, i) => {
        for (let j = 0; j < width; j++) {
          to[start + j] = merge(to[start + j] as number, from[i * width + j] as number);
        }
      });
    });
  };
}

/** Single elements: an index goes along one axis, the others are where it stands itself. */
function elementsOf(node: OperatorNode): Find {
  const given = node.number('axis', 0);
  return ({ dims }, indices) => {
    const axis = resolveIndex(given, dims.length);
    const size = dims[axis] as number; // resolveIndex has looked
    const strides = stridesOf(dims);
    const step = strides[axis] as number;
    if (
      indices.dims.length !== dims.length ||
      indices.dims.some((dim, i) => i !== axis && dim > (dims[i] as number))
    ) {
      fail('E_SHAPE', `indices within [${dims}]`);
    }
    strides[axis] = 0;
    return {
      dims: indices.dims,
      width: 1,
      visit: (picks, work) =>
        walk(indices.dims, strides, strides, (i, start) =>
          work(start + resolveIndex(Number(picks[i]), size) * step, i),
        )(),
    };
  };
}

/** Blocks: the last dimension of the indices is the place of one, below the first `batch` dimensions. */
const blocksOf =
  (batch: number): Find =>
  ({ dims }, indices) => {
    const depth = indices.dims.at(-1) ?? 0;
    const count = sizeOf(indices.dims.slice(0, -1));
    const strides = stridesOf(dims);
    const shared = dims.slice(0, batch);
    if (
      batch >= indices.dims.length ||
      batch + depth > dims.length ||
      `${shared}` !== `${indices.dims.slice(0, batch)}`
    ) {
      fail('E_SHAPE', `indices into [${dims}]`);
    }
    const each = count / sizeOf(shared);
    const block = sizeOf(dims.slice(batch));
    const rest = dims.slice(batch + depth);
    return {
      dims: [...indices.dims.slice(0, -1), ...rest],
      width: sizeOf(rest),
      visit(picks, work) {
        for (let i = 0; i < count; i++) {
          let start = Math.floor(i / each) * block;
          for (let j = 0; j < depth; j++) {
            const axis = batch + j;
            start +=
              resolveIndex(Number(picks[i * depth + j]), dims[axis] as number) * (strides[axis] as number);
          }
          work(start, i);
        }
      },
    };
  };
