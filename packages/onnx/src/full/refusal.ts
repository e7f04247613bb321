import { fail } from '../onnx-error.ts';
import type { Operator, Operators } from '../operator.ts';
import { NO_ZIPMAP } from './tensor-format.ts';

const refuse = (hint: string): Operator => [0, '', () => fail('E_OPERATOR', hint)];

/** Operators whose results are no tensors, or that have graphs of their own, with what to do instead. */
export const refusal: Operators = {
  'ai.onnx.ml.ZipMap': refuse(`no ${NO_ZIPMAP}`),
  If: refuse('a graph without branches: export with constant conditions, or use Where'),
  Loop: refuse('a graph without loops: export with a fixed count, so that it is unrolled'),
};
