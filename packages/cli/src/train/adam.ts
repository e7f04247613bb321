import { type Weights, zeroWeights } from './weights.ts';

/** What Adam remembers between its steps. */
export interface Moments {
  readonly steps: number;
  readonly mean: Weights;
  readonly square: Weights;
}

interface StepSizes {
  readonly scale: number;
  readonly learningRate: number;
  readonly l2: number;
  readonly embeddingL2: number;
}

export function noMoments(weights: Weights): Moments {
  return { steps: 0, mean: zeroWeights(weights), square: zeroWeights(weights) };
}

/** Weights that belong to ids. */
const OF_IDS = ['ids', 'idFactors'];

/** One step of Adam (Kingma and Ba, ICLR 2015) with decoupled weight decay (Loshchilov and Hutter, ICLR 2019), which
 * spares the biases. Moves the weights and the moments in place.
 * @param scale what the gradient is multiplied by first
 * @param embeddingL2 times the weights of ids, is added to their gradient. Unlike decay it goes through Adam's division, so
 * that an id which the steps seldom meet is pulled to 0 at full speed, and one that they often meet hardly
 * @returns the moments after the step */
export function adamStep(
  weights: Weights,
  gradient: Weights,
  { steps, mean, square }: Moments,
  { scale, learningRate, l2, embeddingL2 }: StepSizes,
): Moments {
  const step = steps + 1;
  const correction = Math.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step);
  for (const [name, { values }] of Object.entries(weights)) {
    const decay = name.startsWith('bias') ? 0 : l2;
    const pull = OF_IDS.includes(name) ? embeddingL2 : 0;
    const [g, m, v] = [gradient, mean, square].map((of) => of[name]?.values) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (let i = 0; i < values.length; i++) {
      const slope = (g[i] as number) * scale + pull * (values[i] as number);
      m[i] = 0.9 * (m[i] as number) + 0.1 * slope;
      v[i] = 0.999 * (v[i] as number) + 0.001 * slope * slope;
      const move = (correction * (m[i] as number)) / (Math.sqrt(v[i] as number) + 1e-8);
      values[i] = (values[i] as number) - learningRate * (move + decay * (values[i] as number));
    }
  }
  return { steps: step, mean, square };
}
