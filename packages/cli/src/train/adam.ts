import { type Weights, zeroWeights } from './weights.ts';

/** What Adam remembers between its steps. */
export interface Moments {
  readonly steps: number;
  readonly mean: Weights;
  readonly square: Weights;
}

export function noMoments(weights: Weights): Moments {
  return { steps: 0, mean: zeroWeights(weights), square: zeroWeights(weights) };
}

/** One step of Adam (Kingma and Ba, ICLR 2015) with decoupled weight decay (Loshchilov and Hutter, ICLR 2019), which
 * spares the biases. Moves the weights and the moments in place.
 * @param scale what the gradient is multiplied by first
 * @returns the moments after the step */
export function adamStep(
  weights: Weights,
  gradient: Weights,
  { steps, mean, square }: Moments,
  { scale, learningRate, l2 }: { readonly scale: number; readonly learningRate: number; readonly l2: number },
): Moments {
  const step = steps + 1;
  const correction = Math.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step);
  for (const [name, { values }] of Object.entries(weights)) {
    const decay = name.startsWith('bias') ? 0 : l2;
    const [g, m, v] = [gradient, mean, square].map((of) => of[name]?.values) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (let i = 0; i < values.length; i++) {
      const slope = (g[i] as number) * scale;
      m[i] = 0.9 * (m[i] as number) + 0.1 * slope;
      v[i] = 0.999 * (v[i] as number) + 0.001 * slope * slope;
      const move = (correction * (m[i] as number)) / (Math.sqrt(v[i] as number) + 1e-8);
      values[i] = (values[i] as number) - learningRate * (move + decay * (values[i] as number));
    }
  }
  return { steps: step, mean, square };
}
