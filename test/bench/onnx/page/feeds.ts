import { createRandom } from '../../../onnx/random.ts';
import type { FeedSpec } from '../bench-model.ts';

/** An input as plain data, of which each side makes its own tensor. */
export interface Feed {
  readonly name: string;
  readonly type: 'float32' | 'int64';
  readonly data: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}

/** The same numbers on every side and in every engine. */
export function createFeeds(specs: readonly FeedSpec[]): readonly Feed[] {
  const random = createRandom(11);
  return specs.map(({ name, dims, below }) => {
    const size = dims.reduce((a, b) => a * b, 1);
    return below === undefined
      ? { name, dims, type: 'float32', data: random.floats(size) }
      : {
          name,
          dims,
          type: 'int64',
          data: BigInt64Array.from({ length: size }, () => BigInt(random.integer(below))),
        };
  });
}
