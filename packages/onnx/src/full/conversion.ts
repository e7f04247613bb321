import { fail } from '../onnx-error.ts';
import type { Operator, OperatorNode, Operators } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { type Cells, convertCells, type TensorType, type Value } from '../value.ts';
import { encodeHalf } from './half.ts';
import { dataTypeOf } from './tensor-format.ts';
import { PLAIN } from './types.ts';

function cast(node: OperatorNode, x: Value, type: TensorType): Value {
  if (x.type === type) return x;
  if (!PLAIN.includes(x.type) || !`${PLAIN}, float16`.includes(type)) {
    fail('E_OPERATOR', `one of ${PLAIN}`, `${x.type} to ${type}`);
  }
  const out = node.allocate(type, x.dims);
  node.each(() => {
    if (type === 'float16')
      for (let i = 0; i < out.data.length; i++) out.data[i] = encodeHalf(Number(x.data[i]));
    else convertCells(type, x.data, out.data);
  });
  return out;
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
