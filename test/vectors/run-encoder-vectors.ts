import {
  type AnyFeatureSpec,
  type ContextPatch,
  createContext,
  type Item,
  type Profile,
} from '@inkling/core';
import { describe } from '@inkling/core/describe';
import { createFullEncoder, upgradeSpec } from '@inkling/core/full';
import { bitsOf } from './bits-of.ts';

/** What a JSON file of encoder vectors holds. */
export interface EncoderVectors {
  readonly specs: Readonly<Record<string, AnyFeatureSpec>>;
  /** Of each spec, the names of its columns. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** The cases take slices of them. */
  readonly items: readonly Item[];
  readonly profile: Profile;
  readonly cases: readonly EncoderCase[];
}

export interface EncoderCase {
  readonly name: string;
  /** One of `specs`. */
  readonly spec: string;
  readonly context: ContextPatch;
  /** Whether there is a profile. */
  readonly profile: boolean;
  readonly from: number;
  readonly to: number;
  /** Epoch ms. */
  readonly now: number;
  /** Neighbour scores by item. */
  readonly neighbours?: Readonly<Record<string, number>>;
  /** Bits of each f32 in hex, separated by spaces. */
  readonly unknown: string;
  readonly rows: readonly string[];
}

/** Encodes every case and compares the bits. Needs nothing but the language, so that any engine can run it.
 * @returns what differs, a line each; empty when all is well */
export function runEncoderVectors(vectors: EncoderVectors): readonly string[] {
  const faults: string[] = [];
  const expect = (place: string, expected: unknown, found: unknown) => {
    if (expected !== found) faults.push(`${place}: expected ${expected}, found ${found}`);
  };
  for (const [spec, names] of Object.entries(vectors.names ?? {})) {
    const columns = describe(upgradeSpec(vectors.specs[spec] as AnyFeatureSpec));
    expect(`names of ${spec}`, names.join('\n'), columns.map(({ name }) => name).join('\n'));
  }
  for (const expected of vectors.cases) {
    const { unknown, rows } = encodeCase(vectors, expected);
    expect(`${expected.name}, unknown`, expected.unknown, unknown);
    expect(`${expected.name}, rows`, expected.rows.length, rows.length);
    for (const [index, row] of expected.rows.entries()) {
      expect(`${expected.name}, row ${index}`, row, rows[index]);
    }
  }
  return faults;
}

/** What the encoder gives for a case. */
export function encodeCase(
  { specs, items, profile }: EncoderVectors,
  { spec, context, profile: isKnown, from, to, now, neighbours }: Omit<EncoderCase, 'unknown' | 'rows'>,
): Pick<EncoderCase, 'unknown' | 'rows'> {
  const encoder = createFullEncoder(specs[spec] as AnyFeatureSpec);
  const features = encoder.encode({
    context: createContext(context),
    profile: isKnown ? profile : undefined,
    items: items.slice(from, to),
    now,
    neighbours,
  });
  const rows = Array.from({ length: to - from }, (_, row) =>
    bitsOf(features.subarray(row * encoder.width, (row + 1) * encoder.width)),
  );
  return { unknown: bitsOf(encoder.unknown), rows };
}
