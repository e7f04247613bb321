import { sigmoid, tanh } from '../math.ts';
import { fail } from '../onnx-error.ts';
import type { Operator, OperatorNode, Operators } from '../operator.ts';
import { type Cells, sizeOf, type Value } from '../value.ts';
import { choiceOf, textsOf } from './attributes.ts';
import { softplus } from './math.ts';
import { isFloat } from './types.ts';

type Activation = (v: number) => number;

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  Sigmoid: sigmoid,
  Tanh: tanh,
  Relu: (v) => Math.max(v, 0),
  HardSigmoid: (v) => Math.max(0, Math.min(1, 0.2 * v + 0.5)),
  Softsign: (v) => v / (1 + Math.abs(v)),
  Softplus: softplus,
};

/** One step of one row: from what the input and the state give to each unit of each gate, gate by gate, to the next
 * state. `recur` tells what another state would give to a unit. */
type Advance = (
  size: number,
  fed: Cells,
  past: Cells,
  hidden: Cells,
  memory: Cells,
  recur: (unit: number, state: Cells) => number,
  functions: readonly Activation[],
) => void;

function layer(
  gates: number,
  defaults: readonly string[],
  advanceOf: (node: OperatorNode) => Advance,
): Operator {
  return [
    3,
    '',
    (node) => {
      const { attributes } = node;
      const size = node.number('hidden_size');
      const advance = advanceOf(node);
      const direction = choiceOf(node, 'direction', ['forward', 'reverse', 'bidirectional']);
      const directions = direction === 'bidirectional' ? 2 : 1;
      for (const name of ['activation_alpha', 'activation_beta', 'clip', 'layout', 'input_forget']) {
        if (attributes.get(name)) fail('E_OPERATOR', `no ${name}`);
      }
      const functions = (
        attributes.has('activations') ? textsOf(node, 'activations') : [...defaults, ...defaults]
      ).map(
        (name) =>
          (Object.hasOwn(ACTIVATIONS, name) && ACTIVATIONS[name]) ||
          fail('E_OPERATOR', `${Object.keys(ACTIVATIONS)}`, name),
      );
      const width = gates * size;

      return (x, w, r, b?: Value, lengths?: Value, hidden?: Value, memory?: Value, peephole?: Value) => {
        const [steps = 0, rows = 0, inputs = 0] = x.dims;
        const given = [w, r, b, lengths, hidden, memory];
        const sizes = [width * inputs, width * size, 2 * width, rows / directions, rows * size, rows * size];
        if (
          given.some((value, i) => value && sizeOf(value.dims) !== directions * (sizes[i] as number)) ||
          x.dims.length !== 3
        ) {
          fail('E_SHAPE', `weights for [${x.dims}] and ${size} units`);
        }
        if (!isFloat(x.type) || w.type !== x.type || r.type !== x.type || peephole) {
          fail('E_OPERATOR', 'floats, no peepholes');
        }
        const state = [directions, rows, size];
        const out = node.allocate(x.type, [steps, ...state], (inputs + size) * gates);
        const ends = [1, 2].map(() => node.allocate(x.type, state)) as [Value, Value];
        const scratch = [width, width, size, size].map((length) => node.allocate('float64', [length]));
        node.each(() => {
          const to = out.data;
          const from = x.data;
          const [weights = [], recurrent = [], biases, lengthOf, firstHidden, firstMemory] = given.map(
            (value) => value?.data,
          );
          const [fed, past, h, c] = scratch.map(({ data }) => data) as [Cells, Cells, Cells, Cells];
          const [endHidden, endMemory] = ends.map(({ data }) => data) as [Cells, Cells];
          for (let i = 0; i < to.length; i++) to[i] = 0;
          for (let block = 0; block < directions * rows; block++) {
            const d = Math.floor(block / rows);
            const row = block % rows;
            const bias = 2 * d * width;
            const recur = (unit: number, values: Cells): number =>
              dot(recurrent, (d * width + unit) * size, values, 0, size) +
              (biases?.[bias + width + unit] ?? 0);
            for (let j = 0; j < size; j++) {
              h[j] = firstHidden?.[block * size + j] ?? 0;
              c[j] = firstMemory?.[block * size + j] ?? 0;
            }
            const length = Math.min(steps, Number(lengthOf?.[row] ?? steps));
            for (let i = 0; i < length; i++) {
              const step = direction === 'reverse' || d ? length - 1 - i : i;
              for (let unit = 0; unit < width; unit++) {
                fed[unit] =
                  dot(weights, (d * width + unit) * inputs, from, (step * rows + row) * inputs, inputs) +
                  (biases?.[bias + unit] ?? 0);
                past[unit] = recur(unit, h);
              }
              advance(size, fed, past, h, c, recur, functions.slice(d * defaults.length));
              const place = (step * directions * rows + block) * size;
              for (let j = 0; j < size; j++) to[place + j] = h[j] as number;
            }
            for (let j = 0; j < size; j++) {
              endHidden[block * size + j] = h[j] as number;
              endMemory[block * size + j] = c[j] as number;
            }
          }
        });
        return [out, ...ends];
      };
    },
  ];
}

function dot(a: Cells, startA: number, b: Cells, startB: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (a[startA + i] as number) * (b[startB + i] as number);
  return sum;
}

export const recurrent: Operators = {
  RNN: layer(1, ['Tanh'], () => (size, fed, past, hidden, _memory, _recur, [f]) => {
    for (let j = 0; j < size; j++) hidden[j] = (f as Activation)((fed[j] as number) + (past[j] as number));
  }),

  // Gates: update, reset, candidate.
  GRU: layer(3, ['Sigmoid', 'Tanh'], (node) => {
    const isLinear = node.number('linear_before_reset', 0);
    return (size, fed, past, hidden, memory, recur, functions) => {
      const [f, g] = functions as [Activation, Activation];
      for (let j = 0; j < 2 * size; j++) fed[j] = f((fed[j] as number) + (past[j] as number));
      for (let j = 0; j < size; j++) memory[j] = (fed[size + j] as number) * (hidden[j] as number);
      for (let j = 0; j < size; j++) {
        const unit = 2 * size + j;
        const v = isLinear ? (fed[size + j] as number) * (past[unit] as number) : recur(unit, memory);
        past[j] = g((fed[unit] as number) + v);
      }
      for (let j = 0; j < size; j++) {
        const update = fed[j] as number;
        hidden[j] = (1 - update) * (past[j] as number) + update * (hidden[j] as number);
      }
    };
  }),

  // Gates: input, output, forget, candidate.
  LSTM: layer(4, ['Sigmoid', 'Tanh', 'Tanh'], () => (size, fed, past, hidden, memory, _recur, functions) => {
    const [f, g, h] = functions as [Activation, Activation, Activation];
    for (let j = 0; j < size; j++) {
      const sum = (gate: number): number =>
        (fed[gate * size + j] as number) + (past[gate * size + j] as number);
      memory[j] = f(sum(2)) * (memory[j] as number) + f(sum(0)) * g(sum(3));
      hidden[j] = f(sum(1)) * h(memory[j] as number);
    }
  }),
};
