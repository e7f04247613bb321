import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import { type Attributes, type Case, flag, type Nodes, opset, some } from './arbitrary-case.ts';
import { data } from './arbitrary-data.ts';

/** Sequences of small rows through gates, in each direction, with what may be left out left out at times. */
const recurrent = (
  gates: number,
  extra: Record<string, fc.Arbitrary<Attributes[string]>> = {},
): fc.Arbitrary<Case> =>
  fc
    .tuple(
      fc.constantFrom('forward', 'reverse', 'bidirectional'),
      fc.tuple(...[1, 2, 3, 4].map(() => fc.integer({ min: 1, max: 4 }))),
      fc.boolean(),
      fc.boolean(),
      some(extra),
    )
    .chain(([direction, [steps = 1, count = 1, inputs = 1, size = 1], hasBias, hasState, attributes]) => {
      const d = direction === 'bidirectional' ? 2 : 1;
      const state = [d, count, size];
      return fc.record({
        opset: opset(14),
        inputs: fc.tuple(
          data('float32', [steps, count, inputs], [-8, 8]),
          data('float32', [d, gates * size, inputs], [-8, 8]),
          data('float32', [d, gates * size, size], [-8, 8]),
          hasBias ? data('float32', [d, 2 * gates * size], [-8, 8]) : fc.constant('' as const),
          hasState ? data('int32', [count], [1, steps]) : fc.constant('' as const),
          hasState ? data('float32', state, [-8, 8]) : fc.constant('' as const),
          ...(gates === 4 && hasState ? [data('float32', state, [-8, 8])] : []),
        ),
        attributes: fc.constant({ ...attributes, direction, hidden_size: size }),
        outputs: fc.constant<TensorType[]>(
          gates === 4 ? ['float32', 'float32', 'float32'] : ['float32', 'float32'],
        ),
      });
    });

/** Recurrent layers. */
export const recurrentNodes: Nodes = {
  RNN: recurrent(1),
  GRU: recurrent(3, { linear_before_reset: flag }),
  LSTM: recurrent(4),
};
