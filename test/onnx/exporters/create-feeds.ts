import { createRandom } from '../random.ts';
import type { FeedSpec } from './exported-model.ts';

/** An input as plain data, of which each engine makes its own tensor. */
export interface Feed {
  readonly name: string;
  readonly type: NonNullable<FeedSpec['type']>;
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | string[];
  readonly dims: readonly number[];
}

/** The same numbers for every engine. */
export function createFeeds(specs: readonly FeedSpec[]): readonly Feed[] {
  const random = createRandom(11);
  return specs.map(({ name, dims, below, step, missingEvery, zeroEvery, texts = [], ...rest }) => {
    const type = rest.type ?? (below === undefined ? 'float32' : 'int64');
    const length = dims.reduce((a, b) => a * b, 1);
    const numbers = Array.from(below === undefined ? random.floats(length) : { length }, (drawn, i) => {
      const value = below === undefined ? Number(drawn) : random.integer(below);
      if (missingEvery && i % missingEvery === 0) return Number.NaN;
      if (zeroEvery && i % zeroEvery === 0) return 0;
      return step ? Math.round(value / step) * step : value;
    });
    if (type === 'string') {
      return { name, type, dims, data: numbers.map(() => texts[random.integer(texts.length)] ?? '') };
    }
    if (type === 'int64') return { name, type, dims, data: BigInt64Array.from(numbers, BigInt) };
    const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array };
    return { name, type, dims, data: arrays[type].from(numbers) };
  });
}
