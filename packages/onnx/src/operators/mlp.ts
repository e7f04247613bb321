import type { Operators } from '../operator.ts';
import { activation } from './activation.ts';
import { arrangement } from './arrangement.ts';
import { batchNormalization } from './batch-normalization.ts';
import { conversion } from './conversion.ts';
import { elementwise } from './elementwise.ts';
import { linear } from './linear.ts';
import { selection } from './selection.ts';

/** What a multi-layer perceptron and its preparation need, by ONNX operator. */
export const mlpOperators: Operators = {
  ...linear,
  ...batchNormalization,
  ...elementwise,
  ...activation,
  ...selection,
  ...arrangement,
  ...conversion,
};
