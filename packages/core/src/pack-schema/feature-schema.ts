import { z } from 'zod';
import type { Feature } from '../encode/feature-spec.ts';
import { numberPath, signal, textPath, words } from './feature-parts.ts';
import { text } from './parts.ts';

/** A signal that is not known is no value of its own: it is the column for anything else. */
const values = z
  .array(
    text.refine((value) => value !== 'unknown', 'expected a value; what is unknown has its own encoding'),
  )
  .min(1)
  .refine((list) => new Set(list).size === list.length, 'expected each value once');

const transforms = z
  .array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('log1p') }),
      z.strictObject({ type: z.literal('reciprocal') }),
      z.strictObject({ type: z.literal('share') }),
      z.strictObject({ type: z.literal('log-ratio') }),
      z.strictObject({
        type: z.literal('clip'),
        min: z.number().exactOptional(),
        max: z.number().exactOptional(),
      }),
      z.strictObject({ type: z.literal('standardize'), mean: z.number(), std: z.number().positive() }),
    ]),
  )
  .exactOptional();

const ascending = (edges: readonly number[]) =>
  edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number));

/** More columns than this are not a small model's. */
const MAX_COLUMNS = 4096;
const count = z.int().min(1).max(MAX_COLUMNS);

/** A feature of the present format. */
export const featureSchema: z.ZodType<Feature> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('one-hot'), source: textPath, values, ...words }),
  z.strictObject({ kind: z.literal('multi-hot'), source: textPath, values, ...words }),
  z.strictObject({ kind: z.literal('match'), signal, source: textPath, ...words }),
  z.strictObject({
    kind: z.literal('number'),
    source: numberPath,
    transforms,
    indicator: z.boolean().exactOptional(),
    ...words,
  }),
  z.strictObject({
    kind: z.literal('bucketized'),
    source: numberPath,
    transforms,
    edges: z.array(z.number()).min(1).refine(ascending, 'expected ascending edges'),
    ...words,
  }),
  z.strictObject({ kind: z.literal('cyclic'), source: numberPath, period: z.number().positive(), ...words }),
  z.strictObject({
    kind: z.literal('cross'),
    sources: z.tuple([textPath, textPath]),
    values: z.tuple([values, values]),
    ...words,
  }),
  z.strictObject({
    kind: z.literal('hashed'),
    sources: z.array(textPath).min(1).max(3),
    buckets: count,
    seed: z.string().exactOptional(),
    ...words,
  }),
  z.strictObject({
    kind: z.literal('embedding'),
    source: textPath,
    vocabulary: values,
    input: z.string().regex(/^(?!features$)[\w.-]+$/, 'expected a name other than "features"'),
    length: count.exactOptional(),
    ...words,
  }),
]);
