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

/** One direction of a layer, at one step of one row: from the state and the sums of the gates to the next state. */
interface Cell {
  /** What the input and the bias give to each unit of each gate; then to be added what the state gives. */
  readonly sums: Cells;
  readonly recur: Cells;
  readonly hidden: Cells;
  readonly memory: Cells;
  /** What a state gives to unit `j` of a gate, the second bias with it. */
  fromState(gate: number, j: number, state: Cells): number;
  /** Weight of the memory for unit `j` of a gate. */
  peephole(gate: number, j: number): number;
  clip(v: number): number;
}

type Advance = (cell: Cell, size: number, functions: readonly Activation[]) => void;

function layer(
  gates: number,
  defaults: readonly string[],
  advanceOf: (node: OperatorNode) => Advance,
): Operator {
  return [
    3,
    '',
    (node) => {
      const size = node.number('hidden_size');
      const advance = advanceOf(node);
      const direction = choiceOf(node, 'direction', ['forward', 'reverse', 'bidirectional']);
      const directions = direction === 'bidirectional' ? 2 : 1;
      const layout = node.number('layout', 0);
      const limit = node.number('clip', 1 / 0);
      const given = textsOf(node, 'activations');
      const names = given.length ? given : [...defaults, ...defaults];
      if (node.attributes.has('activation_alpha') || node.attributes.has('activation_beta')) {
        fail('E_OPERATOR', 'activations with their usual numbers');
      }
      const functions = names.map((name) =>
        Object.keys(ACTIVATIONS).includes(name)
          ? (ACTIVATIONS[name] as Activation)
          : fail('E_OPERATOR', `one of ${Object.keys(ACTIVATIONS)}`, name),
      );
      const width = gates * size;

      return (x, w, r, b?: Value, lengths?: Value, hidden?: Value, memory?: Value, peephole?: Value) => {
        const [steps = 0, rows = 0] = layout ? [x.dims[1], x.dims[0]] : x.dims;
        const inputs = x.dims[2] ?? 0;
        const expected: readonly (readonly [Value | undefined, number])[] = [
          [w, directions * width * inputs],
          [r, directions * width * size],
          [b, directions * width * 2],
          [lengths, rows],
          [hidden, directions * rows * size],
          [memory, directions * rows * size],
          [peephole, directions * 3 * size],
        ];
        for (const [value, count] of expected) {
          if (value && sizeOf(value.dims) !== count) fail('E_SHAPE', `${count} numbers`, `[${value.dims}]`);
        }
        if (!isFloat(x.type) || w.type !== x.type || r.type !== x.type || x.dims.length !== 3) {
          fail('E_OPERATOR', 'sequences of floats');
        }
        const cost = (inputs + size) * gates;
        const out = node.allocate(
          x.type,
          layout ? [rows, steps, directions, size] : [steps, directions, rows, size],
          cost,
        );
        const dims = layout ? [rows, directions, size] : [directions, rows, size];
        const lastHidden = node.allocate(x.type, dims, 0, 1);
        const lastMemory = node.allocate(x.type, dims, 0, 2);
        const scratch = [width, width, size, size].map((length, i) =>
          node.allocate('float64', [length], 0, 3 + i),
        );
        node.each(() => {
          const to = out.data;
          const [from, weights, recurrent] = [x.data, w.data, r.data];
          const [sums, recur, h, c] = scratch.map(({ data }) => data) as [Cells, Cells, Cells, Cells];
          const biases = b?.data;
          const [firstHidden, firstMemory, holes, lengthOf] = [
            hidden?.data,
            memory?.data,
            peephole?.data,
            lengths?.data,
          ];
          const [endHidden, endMemory] = [lastHidden.data, lastMemory.data];
          for (let i = 0; i < to.length; i++) to[i] = 0;
          for (let d = 0; d < directions; d++) {
            const isBackwards = direction === 'reverse' || d > 0;
            const own = functions.slice(d * defaults.length, (d + 1) * defaults.length);
            const cell: Cell = {
              sums,
              recur,
              hidden: h,
              memory: c,
              fromState(gate, j, state) {
                const unit = gate * size + j;
                let sum = (biases?.[2 * d * width + width + unit] ?? 0) as number;
                const start = (d * width + unit) * size;
                for (let k = 0; k < size; k++) sum += (recurrent[start + k] as number) * (state[k] as number);
                return sum;
              },
              peephole: (gate, j) => holes?.[(d * 3 + gate) * size + j] ?? 0,
              clip: (v) => Math.max(-limit, Math.min(limit, v)),
            };
            for (let row = 0; row < rows; row++) {
              const state = (layout ? row * directions + d : d * rows + row) * size;
              for (let j = 0; j < size; j++) {
                h[j] = firstHidden?.[state + j] ?? 0;
                c[j] = firstMemory?.[state + j] ?? 0;
              }
              const length = Math.min(steps, lengthOf ? Number(lengthOf[row]) : steps);
              for (let i = 0; i < length; i++) {
                const step = isBackwards ? length - 1 - i : i;
                const start = (layout ? row * steps + step : step * rows + row) * inputs;
                for (let unit = 0; unit < width; unit++) {
                  let sum = biases?.[2 * d * width + unit] ?? 0;
                  const at = (d * width + unit) * inputs;
                  for (let k = 0; k < inputs; k++)
                    sum += (weights[at + k] as number) * (from[start + k] as number);
                  sums[unit] = sum;
                }
                advance(cell, size, own);
                const place =
                  (layout ? (row * steps + step) * directions + d : (step * directions + d) * rows + row) *
                  size;
                for (let j = 0; j < size; j++) to[place + j] = h[j] as number;
              }
              for (let j = 0; j < size; j++) {
                endHidden[state + j] = h[j] as number;
                endMemory[state + j] = c[j] as number;
              }
            }
          }
        });
        return [out, lastHidden, lastMemory];
      };
    },
  ];
}

export const recurrent: Operators = {
  RNN: layer(1, ['Tanh'], () => ({ sums, recur, hidden, fromState, clip }, size, [f]) => {
    for (let j = 0; j < size; j++) recur[j] = (sums[j] as number) + fromState(0, j, hidden);
    for (let j = 0; j < size; j++) hidden[j] = (f as Activation)(clip(recur[j] as number));
  }),

  // Gates: update, reset, candidate.
  GRU: layer(3, ['Sigmoid', 'Tanh'], (node) => {
    const isLinear = node.number('linear_before_reset', 0);
    return ({ sums, recur, hidden, memory, fromState, clip }, size, [f, g]) => {
      for (let unit = 0; unit < 2 * size; unit++) {
        recur[unit] = (f as Activation)(clip((sums[unit] as number) + fromState(0, unit, hidden)));
      }
      for (let j = 0; j < size; j++) memory[j] = (recur[size + j] as number) * (hidden[j] as number);
      for (let j = 0; j < size; j++) {
        const past = isLinear
          ? (recur[size + j] as number) * fromState(2, j, hidden)
          : fromState(2, j, memory);
        recur[2 * size + j] = (g as Activation)(clip((sums[2 * size + j] as number) + past));
      }
      for (let j = 0; j < size; j++) {
        const update = recur[j] as number;
        hidden[j] = (1 - update) * (recur[2 * size + j] as number) + update * (hidden[j] as number);
      }
    };
  }),

  // Gates: input, output, forget, candidate.
  LSTM: layer(4, ['Sigmoid', 'Tanh', 'Tanh'], (node) => {
    const isCoupled = node.number('input_forget', 0);
    return ({ sums, recur, hidden, memory, fromState, peephole, clip }, size, functions) => {
      const [f, g, h] = functions as [Activation, Activation, Activation];
      for (let unit = 0; unit < 4 * size; unit++)
        recur[unit] = (sums[unit] as number) + fromState(0, unit, hidden);
      for (let j = 0; j < size; j++) {
        const gate = (index: number, hole: number): number =>
          f(clip((recur[index * size + j] as number) + peephole(hole, j) * (memory[j] as number)));
        const input = gate(0, 0);
        const forget = isCoupled ? 1 - input : gate(2, 2);
        memory[j] = forget * (memory[j] as number) + input * g(clip(recur[3 * size + j] as number));
        hidden[j] = gate(1, 1) * h(memory[j] as number);
      }
    };
  }),
};
