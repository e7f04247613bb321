import type { Network } from '@inkling/cli';

/** One network whose score is the mean of several with as many layers: their first layers side by side, the others as
 * blocks on the diagonal, the last ones divided by their number and added. */
export function mergeNetworks(networks: readonly Network[]): Network {
  const first = networks[0] as Network;
  const last = first.length - 1;
  return first.map((_, depth) => {
    const layers = networks.flatMap((network) => network[depth] ?? []);
    const sum = (of: (layer: Network[number]) => number) =>
      layers.reduce((total, layer) => total + of(layer), 0);
    const inputs = depth === 0 ? (layers[0]?.inputs ?? 0) : sum((layer) => layer.inputs);
    const outputs = depth === last ? 1 : sum((layer) => layer.outputs);
    const weights = new Float32Array(inputs * outputs);
    const bias = new Float32Array(outputs);
    const share = depth === last ? 1 / networks.length : 1;
    let top = 0;
    let left = 0;
    for (const layer of layers) {
      layer.bias.forEach((value, column) => {
        bias[left + column] = (bias[left + column] as number) + share * value;
      });
      layer.weights.forEach((value, at) => {
        const [row, column] = [top + Math.floor(at / layer.outputs), left + (at % layer.outputs)];
        const place = row * outputs + column;
        weights[place] = (weights[place] as number) + share * value;
      });
      if (depth > 0) top += layer.inputs;
      if (depth < last) left += layer.outputs;
    }
    return { inputs, outputs, weights, bias };
  });
}
