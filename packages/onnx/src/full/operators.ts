import { fail } from '../onnx-error.ts';
import type { Operator, Operators } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { arithmetic } from './arithmetic.ts';
import { conversion } from './conversion.ts';
import { creation } from './creation.ts';
import { einsum } from './einsum.ts';
import { decodeHalf } from './half.ts';
import { indexing } from './indexing.ts';
import { labels } from './labels.ts';
import { map } from './layout.ts';
import { matmul } from './matmul.ts';
import { movement } from './movement.ts';
import { normalization } from './normalization.ts';
import { quantization } from './quantization.ts';
import { recurrent } from './recurrent.ts';
import { reduction } from './reduction.ts';
import { refusal } from './refusal.ts';
import { tabular } from './tabular.ts';
import { treeEnsemble } from './tree-ensemble.ts';
import { unary } from './unary.ts';

const table: Operators = {
  ...mlpOperators,
  ...arithmetic,
  ...unary,
  ...movement,
  ...indexing,
  ...reduction,
  ...normalization,
  ...creation,
  ...matmul,
  ...quantization,
  ...conversion,
  ...tabular,
  ...labels,
  ...treeEnsemble,
  ...recurrent,
  Einsum: einsum,
  ...refusal,
};

/** Half floats are floats to every operator; only a cast makes them. */
function acceptHalves(name: string, [required, types, create]: Operator): Operator {
  return [
    required,
    '',
    (node) => {
      const kernel = create({
        ...node,
        allocate(type, ...rest) {
          const out = node.allocate(type, ...rest);
          // Looked at by its own kernel, it gets an array of its own: text has no place in shared memory.
          return type === 'string' ? { ...out, data: out.data } : out;
        },
      });
      return (...inputs) => {
        const given = inputs.map((x, i) =>
          x?.type === 'float16' && !(name === 'CastLike' && i) ? map(node, x, decodeHalf, 'float32') : x,
        );
        const [first] = given;
        if (types && given.some((x) => x && (x.type !== first?.type || !types.includes(x.type)))) {
          fail('E_OPERATOR', `inputs of one of ${types}`);
        }
        return kernel(...given);
      };
    },
  ];
}

/** Everything that `@inkling/onnx/full` runs, by ONNX operator, with its domain where that is not ONNX's own. */
export const fullOperators: Operators = Object.fromEntries(
  Object.entries(table).map(([name, operator]) => [name, acceptHalves(name, operator)]),
);
