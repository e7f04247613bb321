import { fail } from '../onnx-error.ts';
import type { Operator, OperatorNode, Operators } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { type Cells, convertCells, type TensorType, type Value } from '../value.ts';
import { encodeHalf } from './half.ts';
import { compute, map } from './layout.ts';
import { dataTypeOf } from './tensor-format.ts';
import { PLAIN } from './types.ts';

function cast(node: OperatorNode, x: Value, type: TensorType): Value {
  if (x.type === type) return x;
  if (!PLAIN.includes(x.type) || !`${PLAIN}, float16`.includes(type)) {
    fail('E_OPERATOR', `one of ${PLAIN}`, `${x.type} to ${type}`);
  }
  if (type === 'float16') return map(node, x, (v) => encodeHalf(Number(v)), type);
  return compute(node, type, x.dims, [x], (to, from) => convertCells(type, from, to));
}

export const conversion: Operators = {
  Concat: [1, `${PLAIN}, string`, (mlpOperators.Concat as Operators[string])[2]],
  Constant: [
    0,
    '',
    (node) => {
      const { attributes } = node;
      const text = attributes.get('value_string') ?? attributes.get('value_strings');
      if (text === undefined) return (mlpOperators.Constant as Operator)[2](node); // a name of that table
      const data = [text].flat() as unknown as Cells; // Cells are also text; see there
      return () => ({ type: 'string', data, dims: Array.isArray(text) ? [data.length] : [] });
    },
  ],
  Cast: [
    1,
    '',
    (node) => {
      const type = dataTypeOf(node.number('to'));
      return (x) => cast(node, x, type);
    },
  ],
  CastLike: [
    2,
    '',
    (node) =>
      (x, { type }) =>
        cast(node, x, type),
  ],
};
