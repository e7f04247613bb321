import { type Prng, prng } from '@inkling/core';

/** One fully connected layer: y = x W + b, followed by a ReLU unless it is the last. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Row-major [inputs, outputs]. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export type Network = readonly Layer[];

/** Layers of the given sizes, the last with one output; weights drawn as He et al. (ICCV 2015) advise for ReLU. */
export function createNetwork(inputs: number, hidden: readonly number[], seed: string): Network {
  const random = prng(seed, 'weights');
  const sizes = [inputs, ...hidden, 1];
  return sizes.slice(1).map((outputs, index) => {
    const width = sizes[index] as number;
    const deviation = Math.sqrt(2 / Math.max(width, 1));
    const weights = Float32Array.from({ length: width * outputs }, () => deviation * gaussian(random));
    return { inputs: width, outputs, weights, bias: new Float32Array(outputs) };
  });
}

export function copyNetwork(network: Network): Network {
  return network.map((layer) => ({ ...layer, weights: layer.weights.slice(), bias: layer.bias.slice() }));
}

/** Activations of every layer for some rows; the last holds the scores. */
export function forward(network: Network, features: Float32Array, rows: number): readonly Float32Array[] {
  const activations = [features];
  network.forEach((layer, depth) => {
    const x = activations[depth] as Float32Array;
    const y = new Float32Array(rows * layer.outputs);
    for (let row = 0; row < rows; row++) {
      const out = y.subarray(row * layer.outputs, (row + 1) * layer.outputs);
      out.set(layer.bias);
      for (let i = 0; i < layer.inputs; i++) {
        const value = x[row * layer.inputs + i] as number;
        // Most features are one-hot: skipping zeros is what makes training quick.
        if (value === 0) continue;
        const at = i * layer.outputs;
        for (let o = 0; o < out.length; o++)
          out[o] = (out[o] as number) + value * (layer.weights[at + o] as number);
      }
      if (depth < network.length - 1)
        for (let o = 0; o < out.length; o++) out[o] = Math.max(0, out[o] as number);
    }
    activations.push(y);
  });
  return activations;
}

/** Adds the gradient of the loss to `gradient`, given its derivative by each score. */
export function backward(
  network: Network,
  activations: readonly Float32Array[],
  scoreGradient: Float32Array,
  gradient: Network,
): void {
  const rows = scoreGradient.length;
  let dy = scoreGradient;
  for (let depth = network.length - 1; depth >= 0; depth--) {
    const layer = network[depth] as Layer;
    const sum = gradient[depth] as Layer;
    const x = activations[depth] as Float32Array;
    const dx = new Float32Array(rows * layer.inputs);
    for (let row = 0; row < rows; row++) {
      for (let o = 0; o < layer.outputs; o++) {
        sum.bias[o] = (sum.bias[o] as number) + (dy[row * layer.outputs + o] as number);
      }
      for (let i = 0; i < layer.inputs; i++) {
        const value = x[row * layer.inputs + i] as number;
        // A zero input has no weight gradient, and behind a ReLU it passes none back.
        if (value === 0) continue;
        const at = i * layer.outputs;
        let back = 0;
        for (let o = 0; o < layer.outputs; o++) {
          const d = dy[row * layer.outputs + o] as number;
          sum.weights[at + o] = (sum.weights[at + o] as number) + value * d;
          back += d * (layer.weights[at + o] as number);
        }
        dx[row * layer.inputs + i] = back;
      }
    }
    dy = dx;
  }
}

/** Box and Muller, with 32-bit uniforms. */
function gaussian(random: Prng): number {
  const u = (random() + 1) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(u)) * Math.cos((2 * Math.PI * random()) / 2 ** 32);
}
