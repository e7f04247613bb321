import { buildModel, float32, int64, type ModelSpec, type NodeSpec } from '../onnx/model-builder.ts';
import type { Random } from '../onnx/random.ts';

/** Attributes of any operator; most get some that are not theirs. */
const INTEGERS =
  'axis to keepdims transA transB allowzero largest sorted exclusive reverse batch_dims upper select_last_index hidden_size noop_with_empty_axes n_targets num_outputs fmod saturate stash_type block_size p layout linear_before_reset input_forget fill_value zeros'.split(
    ' ',
  );
const FLOATS = 'alpha beta gamma epsilon min max lambd bias value_float threshold base_values clip'.split(
  ' ',
);
const LISTS =
  'axes perm value_ints pads split starts ends target_ids class_ids nodes_treeids nodes_nodeids cats_int64s'.split(
    ' ',
  );
const TEXTS: readonly (readonly [string, readonly string[]])[] = [
  ['approximate', ['tanh', 'none']],
  ['mode', ['constant', 'reflect', 'edge', 'wrap']],
  ['reduction', ['none', 'add', 'mul', 'min', 'max']],
  ['direction', ['forward', 'reverse', 'bidirectional']],
  ['equation', ['ij,jk->ik', 'ij,ij->', 'i,j->ij', '...i,i', 'ii->i', 'ab,cd', 'é,->', 'i'.repeat(60)]],
  ['post_transform', ['NONE', 'LOGISTIC', 'SOFTMAX', 'PROBIT', 'x']],
  ['norm', ['L1', 'L2', 'MAX']],
];
const VALUES = [-9, -3, -2, -1, 0, 1, 2, 3, 5, 64, 2 ** 31, -(2 ** 40)];

/** A graph of operators taken at random, over a few small values: seldom right, often nearly. */
export function generateModel(operators: readonly string[], random: Random): Uint8Array {
  const { integer, next } = random;
  const pick = <T>(from: readonly T[]): T => from[integer(from.length)] as T;
  // Few operators at a time, so that graphs of known ones come about too.
  const own = Array.from({ length: 1 + integer(4) }, () => pick(operators));
  const dims = (): number[] => Array.from({ length: integer(4) }, () => pick([0, 1, 1, 2, 2, 3, 3, 4, 7]));
  const size = (of: readonly number[]): number => of.reduce((a, b) => a * b, 1);
  const initializers: NonNullable<ModelSpec['initializers']> = {};
  for (let i = 0; i < 4; i++) {
    const shape = dims();
    initializers[`w${i}`] = float32(shape, random.floats(size(shape)));
    const whole = dims();
    initializers[`i${i}`] = int64(
      whole,
      Array.from({ length: size(whole) }, () => pick(VALUES)),
    );
  }
  const inputs = Array.from({ length: 2 }, (_, i) => ({
    name: `x${i}`,
    type: pick(['float32', 'float32', 'int64', 'bool'] as const),
    dims: dims().map((dim) => pick([dim, 'N', 'M'])),
  }));
  const known = [...inputs.map(({ name }) => name), ...Object.keys(initializers)];
  const attribute = (): [string, NonNullable<NodeSpec['attributes']>[string]] => {
    const kind = integer(5);
    if (kind < 2) return [pick(INTEGERS), pick(VALUES)];
    if (kind === 2) return [pick(FLOATS), { float: pick([0, 1, -1, Infinity, Number.NaN, next()]) }];
    if (kind === 3) return [pick(LISTS), Array.from({ length: integer(5) }, () => pick(VALUES))];
    const [name, texts] = pick(TEXTS);
    return [name, pick(texts)];
  };
  const nodes = Array.from({ length: 1 + integer(1 + integer(6)) }, (_, at): NodeSpec => {
    const operator = pick(own);
    const dot = operator.lastIndexOf('.');
    const outputs = [`y${at}`, ...(integer(6) ? [] : [`z${at}`])];
    const node = {
      op: operator.slice(dot + 1),
      domain: operator.slice(0, Math.max(dot, 0)),
      inputs: Array.from({ length: integer(10) ? 1 + integer(3) : integer(7) }, () =>
        integer(20) ? pick(known.slice(-(2 + integer(known.length)))) : '',
      ),
      outputs,
      attributes: Object.fromEntries(Array.from({ length: integer(2) * integer(4) }, () => attribute())),
    };
    known.push(...outputs);
    return node;
  });
  return buildModel({
    nodes,
    initializers,
    inputs,
    outputs: known.slice(-1 - integer(2)).map((name) => ({ name })),
    opset: pick([7, 9, 10, 11, 12, 13, 14, 17, 18, 20, 21, 23]),
    domains: { 'ai.onnx.ml': pick([1, 2, 3, 5]) },
  });
}
