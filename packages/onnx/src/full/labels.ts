import { fail } from '../onnx-error.ts';
import type { OperatorNode, Operators } from '../operator.ts';
import { convertCells, createCells, type TensorType, type Value } from '../value.ts';
import { numbersOf, textsOf } from './attributes.ts';
import { compute, map } from './layout.ts';

type Cell = number | bigint | string;

function listOf(type: TensorType, cells: readonly Cell[]): Value {
  const data =
    type === 'string'
      ? (cells as unknown as Value['data']) // Cells are also text; see there
      : convertCells(type, cells as number[], createCells(type, cells.length));
  return { type, data, dims: [cells.length] };
}

/** The classes a classifier names, by texts or, as an attribute of this name, by numbers. */
export function labelsOf(node: OperatorNode, numbers: string): Value {
  const texts = textsOf(node, 'classlabels_strings');
  return texts.length ? listOf('string', texts) : listOf('int64', wholesOf(node, numbers));
}

function wholesOf({ attributes }: OperatorNode, name: string): readonly (number | bigint)[] {
  const given = attributes.get(name);
  return Array.isArray(given) && typeof given[0] !== 'string' ? (given as (number | bigint)[]) : [];
}

const SUFFIXES: Readonly<Record<string, TensorType>> = {
  floats: 'float32',
  int64s: 'int64',
  strings: 'string',
};

/** `keys_floats`, `keys_int64s`, `keys_strings` or `keys_tensor`, or the same of `values`. */
function mapped(node: OperatorNode, name: string): Value | undefined {
  for (const [suffix, type] of Object.entries(SUFFIXES)) {
    const given = node.attributes.get(`${name}_${suffix}`);
    if (Array.isArray(given) && given.length) return listOf(type, given);
  }
  return node.attributes.get(`${name}_tensor`) as Value | undefined;
}

function keyOf(cell: Cell): Cell {
  return typeof cell === 'bigint' ? Number(cell) : cell;
}

export const labels: Operators = {
  'ai.onnx.ml.LabelEncoder': [
    1,
    '',
    (node) => {
      // Version 1 has one list of texts, and their places are the numbers.
      const texts = textsOf(node, 'classes_strings');
      const places = listOf('int64', [...texts.keys()]);
      const named = listOf('string', texts);
      const isFirst = texts.length > 0;
      return (x) => {
        const isText = x.type === 'string';
        const keys = isFirst ? (isText ? named : places) : mapped(node, 'keys');
        const values = isFirst ? (isText ? places : named) : mapped(node, 'values');
        if (!keys || !values || keys.type !== x.type || keys.data.length !== values.data.length) {
          return fail('E_OPERATOR', `as many values as keys, which are ${x.type}`);
        }
        const { type } = values;
        const { 0: fallback } =
          (node.attributes.get('default_tensor') as Value | undefined)?.data ??
          listOf(type, [
            (type === 'string'
              ? (node.attributes.get('default_string') ?? '_Unused')
              : type === 'int64'
                ? (node.attributes.get('default_int64') ?? -1)
                : (node.attributes.get('default_float') ?? -0)) as Cell,
          ]).data;
        const table = new Map<Cell, number>();
        for (let i = keys.data.length - 1; i >= 0; i--)
          table.set(keyOf(keys.data[i] as Cell), values.data[i] as number);
        return map(node, x, (v) => table.get(keyOf(v)) ?? (fallback as number), type);
      };
    },
  ],

  'ai.onnx.ml.OneHotEncoder': [
    1,
    '',
    (node) => {
      const texts = textsOf(node, 'cats_strings');
      const categories: readonly Cell[] = texts.length ? texts : numbersOf(node, 'cats_int64s');
      const zeros = node.number('zeros', 1);
      return (x) => {
        if ((x.type === 'string') !== texts.length > 0) fail('E_OPERATOR', 'categories of the input’s type');
        const width = categories.length;
        return compute(node, 'float32', [...x.dims, width], [x], (to, from) => {
          for (let i = 0, at = 0; at < to.length; i++, at += width) {
            const v = from[i] as Cell;
            const found = categories.indexOf(typeof v === 'string' ? v : Math.trunc(Number(v)));
            if (found < 0 && !zeros) fail('E_SHAPE', `one of ${categories}`, v);
            for (let j = 0; j < width; j++) to[at + j] = Number(j === found);
          }
        });
      };
    },
  ],
};
