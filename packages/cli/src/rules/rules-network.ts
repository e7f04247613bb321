import type { DenseLayer } from '../train/dense-layer.ts';
import type { CompiledRules } from './compile-rules.ts';
import { weightOf } from './rule.ts';

/** The rules as a network: one linear layer; where a rule has several conditions, with a hidden unit for each way they
 * can hold together, and one that carries the linear part across the ReLU, lifted so far that it is never cut off. */
export function rulesNetwork({ width, rules }: CompiledRules): readonly DenseLayer[] {
  const linear = new Float32Array(width);
  for (const { rule, parts } of rules) {
    for (const [column, part] of parts) linear[column] = (linear[column] as number) + weightOf(rule) * part;
  }
  const gates = rules.flatMap(({ rule, gates }) =>
    gates.map((gate) => ({ ...gate, weight: weightOf(rule) })),
  );
  if (gates.length === 0) return [layer(width, 1, linear, [0])];
  // Every column of the compiled rules is between -1 and 1.
  const lift = linear.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const units = 1 + gates.length;
  const weights = new Float32Array(width * units);
  linear.forEach((weight, column) => {
    weights[column * units] = weight;
  });
  gates.forEach(({ columns }, index) => {
    for (const column of columns) weights[column * units + 1 + index] = 1;
  });
  const bias = [lift, ...gates.map(({ tests }) => 1 - tests)];
  const outer = [1, ...gates.map(({ weight }) => weight)];
  return [layer(width, units, weights, bias), layer(units, 1, outer, [-lift])];
}

function layer(
  rows: number,
  columns: number,
  weights: ArrayLike<number>,
  bias: ArrayLike<number>,
): DenseLayer {
  return {
    weights: { rows, columns, values: Float32Array.from(weights) },
    bias: { rows: 1, columns, values: Float32Array.from(bias) },
  };
}
