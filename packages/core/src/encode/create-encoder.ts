import { InklingError } from '../inkling-error.ts';
import type { EncodeInput } from './encode-input.ts';
import { columnsOf } from './feature-columns.ts';
import type { FeatureSpec } from './feature-spec.ts';

export interface Encoder {
  readonly spec: FeatureSpec;
  /** Columns of a row. */
  readonly width: number;
  /** The index of the feature each column belongs to. */
  readonly featureOf: readonly number[];
  /** A row of which nothing is known. */
  readonly unknown: Float32Array;
  /** The features of every item, row by row: f32[items × width]. */
  encode(input: EncodeInput): Float32Array;
}

/** Explaining costs 2^groups scores. */
const MAX_GROUPS = 10;

/** Compiles a feature spec. Training, serving and explaining all run this one encoder.
 * @throws InklingError E_PACK_FORMAT */
export function createEncoder(spec: FeatureSpec): Encoder {
  if (spec.groups.length > MAX_GROUPS) {
    throw new InklingError(
      'E_PACK_FORMAT',
      `spec.groups: expected at most ${MAX_GROUPS}, found ${spec.groups.length}`,
    );
  }
  const parts = spec.features.map((feature) => columnsOf(feature, spec));
  const featureOf = parts.flatMap((part, index) => part.unknown.map(() => index));
  const width = featureOf.length;
  return {
    spec,
    width,
    featureOf,
    unknown: Float32Array.from(parts.flatMap((part) => part.unknown)),
    encode(input) {
      const out = new Float32Array(input.items.length * width);
      let column = 0;
      for (const part of parts) {
        const valuesOf = part.prepare(input);
        for (let row = 0; row < input.items.length; row++) {
          out.set(valuesOf(row), row * width + column);
        }
        column += part.unknown.length;
      }
      return out;
    },
  };
}
