import { float32, type ModelSpec, type NodeSpec } from '../../onnx/model-builder.ts';
import type { Random } from '../../onnx/random.ts';

type Initializers = NonNullable<ModelSpec['initializers']>;

/** Layers as PyTorch exports `nn.Linear` and `nn.ReLU`: Gemm with transB, then Relu but after the last. Their weights
 * go to `initializers`. */
export function denseLayers(
  random: Random,
  initializers: Initializers,
  widths: readonly number[],
  names: { readonly input: string; readonly output: string; readonly prefix: string },
): NodeSpec[] {
  return widths.slice(1).flatMap((width, i) => {
    const inputs = widths[i] as number;
    const layer = `${names.prefix}.${2 * i}`;
    const isLast = i === widths.length - 2;
    initializers[`${layer}.weight`] = weights(random, [width, inputs], inputs);
    initializers[`${layer}.bias`] = weights(random, [width], 4);
    const made = isLast ? names.output : `${layer}.gemm`;
    const gemm: NodeSpec = {
      op: 'Gemm',
      inputs: [i ? `${names.prefix}.${2 * i - 1}.relu` : names.input, `${layer}.weight`, `${layer}.bias`],
      outputs: [made],
      attributes: { transB: 1 },
    };
    const relu = { op: 'Relu', inputs: [made], outputs: [`${names.prefix}.${2 * i + 1}.relu`] };
    return isLast ? [gemm] : [gemm, relu];
  });
}

/** Random weights that keep a layer's output about as large as its input. */
export function weights(random: Random, dims: number[], fanIn: number): ReturnType<typeof float32> {
  const size = dims.reduce((a, b) => a * b, 1);
  return float32(
    dims,
    random.floats(size).map((x) => (x * 1.7) / Math.sqrt(fanIn)),
  );
}
