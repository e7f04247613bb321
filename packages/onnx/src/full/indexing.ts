import { fail } from '../onnx-error.ts';
import { type Operator, type OperatorNode, type Operators, resolveIndex } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { type Cells, type Dims, sizeOf, type Value } from '../value.ts';
import { fullKernelsOf } from './full-kernels.ts';
import { rowsOf, stridesOf } from './layout.ts';

/** Elements of a constant that are copied to where a kernel finds them; beyond, that costs more than it saves. */
const MOST_COPIED = 1_048_576;

/** Operators that go by tensors of indices. */
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
        // The kernel moves words, and what is in its memory.
        if (
          !kernels ||
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

  GatherElements: [
    2,
    '',
    (node) => {
      const given = node.number('axis', 0);
      return (x, indices) => {
        const out = node.allocate(x.type, indices.dims);
        node.each(() => {
          const to = out.data;
          const from = x.data;
          const { data } = indices;
          eachElement(x.dims, indices, given, (i, at) => {
            to[i] = from[at(Number(data[i]))] as number;
          });
        });
        return out;
      };
    },
  ],

  ScatterElements: [
    3,
    '',
    (node) => {
      const given = node.number('axis', 0);
      const merge = reductionOf(node);
      return (x, indices, updates) => {
        if (`${updates.dims}` !== `${indices.dims}` || updates.type !== x.type) {
          fail('E_SHAPE', 'an update for each index');
        }
        const out = node.allocate(x.type, x.dims);
        node.each(() => {
          const to = copy(x, out);
          const { data } = indices;
          const from = updates.data;
          eachElement(x.dims, indices, given, (i, at) => {
            const place = at(Number(data[i]));
            to[place] = merge(to[place] as number, from[i] as number);
          });
        });
        return out;
      };
    },
  ],

  GatherND: [
    2,
    '',
    (node) => {
      const batch = node.number('batch_dims', 0);
      return (x, indices) => {
        const { starts, width, dims } = blocks(x, indices, batch);
        const out = node.allocate(x.type, [...indices.dims.slice(0, -1), ...dims]);
        node.each(() => {
          const to = out.data;
          const from = x.data;
          starts((start, i) => {
            for (let j = 0; j < width; j++) to[i * width + j] = from[start + j] as number;
          });
        });
        return out;
      };
    },
  ],

  ScatterND: [
    3,
    '',
    (node) => {
      const merge = reductionOf(node);
      return (x, indices, updates) => {
        const { starts, width, dims } = blocks(x, indices, 0);
        if (`${updates.dims}` !== `${[...indices.dims.slice(0, -1), ...dims]}` || updates.type !== x.type) {
          fail('E_SHAPE', 'an update for each index');
        }
        const out = node.allocate(x.type, x.dims);
        node.each(() => {
          const to = copy(x, out);
          const from = updates.data;
          starts((start, i) => {
            for (let j = 0; j < width; j++) {
              to[start + j] = merge(to[start + j] as number, from[i * width + j] as number);
            }
          });
        });
        return out;
      };
    },
  ],
};

function copy(x: Value, out: Value): Cells {
  for (let i = 0; i < x.data.length; i++) out.data[i] = x.data[i] as number;
  return out.data;
}

function reductionOf(node: OperatorNode): (old: number, update: number) => number {
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
  return (
    (Object.keys(known).includes(name) && known[name]) || fail('E_OPERATOR', `${Object.keys(known)}`, name)
  );
}

/** Visits each place of `indices`, with what tells the place in `dims` that an index along `given` means there. */
function eachElement(
  dims: Dims,
  indices: Value,
  given: number,
  visit: (i: number, at: (index: number) => number) => void,
): void {
  const axis = resolveIndex(given, dims.length);
  const strides = stridesOf(dims);
  const own = stridesOf(indices.dims);
  if (
    indices.dims.length !== dims.length ||
    indices.dims.some((dim, i) => i !== axis && dim > (dims[i] as number))
  ) {
    fail('E_SHAPE', `indices within [${dims}]`);
  }
  for (let i = 0; i < indices.data.length; i++) {
    let start = 0;
    for (let j = 0; j < dims.length; j++) {
      if (j !== axis)
        start += (Math.floor(i / (own[j] as number)) % (indices.dims[j] as number)) * (strides[j] as number);
    }
    visit(i, (index) => start + resolveIndex(index, dims[axis] as number) * (strides[axis] as number));
  }
}

/** What the last dimension of `indices` points to: blocks of `width` elements, of shape `dims`. */
function blocks(
  x: Value,
  indices: Value,
  batch: number,
): { starts(visit: (start: number, i: number) => void): void; width: number; dims: Dims } {
  const depth = indices.dims.at(-1) ?? 0;
  const count = sizeOf(indices.dims.slice(0, -1));
  const strides = stridesOf(x.dims);
  const dims = x.dims.slice(batch + depth);
  if (
    !indices.dims.length ||
    batch + depth > x.dims.length ||
    `${x.dims.slice(0, batch)}` !== `${indices.dims.slice(0, batch)}` ||
    batch >= indices.dims.length
  ) {
    fail('E_SHAPE', `indices into [${x.dims}]`);
  }
  const each = count / sizeOf(x.dims.slice(0, batch));
  const block = sizeOf(x.dims.slice(batch));
  return {
    dims,
    width: sizeOf(dims),
    starts(visit) {
      for (let i = 0; i < count; i++) {
        let start = Math.floor(i / each) * block;
        for (let j = 0; j < depth; j++) {
          const axis = batch + j;
          start +=
            resolveIndex(Number(indices.data[i * depth + j]), x.dims[axis] as number) *
            (strides[axis] as number);
        }
        visit(start, i);
      }
    },
  };
}
