import { type Matrix, mapWeights, type Weights } from './weights.ts';

/** How a model keeps its weights. A bias is always float32. */
export const WEIGHT_FORMATS = ['float32', 'float16', 'int8'] as const;

export type WeightFormat = (typeof WEIGHT_FORMATS)[number];

/** The weights as a model of this format computes with them. */
export function roundWeights(weights: Weights, format: WeightFormat): Weights {
  return mapWeights(weights, (part, name) => {
    if (format === 'float32' || name.startsWith('bias')) return part.values;
    if (format === 'float16') return Float32Array.from(toFloat16(part.values), fromFloat16);
    const { cells, scales } = toInt8(part);
    return Float32Array.from(cells, (cell, i) => cell * (scales[i % part.columns] as number));
  });
}

/** Symmetric, a scale for each column: the largest weight of the column becomes 127. */
export function toInt8({ columns, values }: Matrix): {
  readonly cells: Int8Array;
  readonly scales: Float32Array;
} {
  const scales = new Float32Array(columns);
  values.forEach((value, i) => {
    scales[i % columns] = Math.max(scales[i % columns] as number, Math.abs(value) / 127);
  });
  const cells = Int8Array.from(values, (value, i) => Math.round(value / (scales[i % columns] || 1)));
  return { cells, scales };
}

/** The bits of the nearest half-precision numbers (IEEE 754-2008 binary16), ties to even; what is too large becomes the
 * largest. */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, (value) => {
    const size = Math.min(Math.abs(value), 65_504);
    const sign = value < 0 ? 0x8000 : 0;
    // Below 2^-14 steps are of 2^-24; above, of 2^-10 of the power of two below.
    const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
    const steps = roundToEven(size / 2 ** (exponent - 10));
    // Steps of 2048 carry into the exponent by themselves.
    return sign + (size < 2 ** -14 ? steps : (exponent + 14) * 1024 + steps);
  });
}

function fromFloat16(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const size = exponent === 0 ? (bits & 1023) * 2 ** -24 : (1024 + (bits & 1023)) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

function roundToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
