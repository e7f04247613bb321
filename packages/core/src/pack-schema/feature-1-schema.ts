import { z } from 'zod';
import type { Feature1 } from '../encode/feature-spec-1.ts';
import { signal, words } from './feature-parts.ts';
import { text } from './parts.ts';

/** A feature of format 1. */
export const feature1Schema: z.ZodType<Feature1> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signal'), signal, values: z.array(text).min(1), ...words }),
  z.strictObject({ kind: z.literal('tags'), tags: z.array(text).min(1), ...words }),
  z.strictObject({ kind: z.literal('attribute'), attribute: text, values: z.array(text).min(1), ...words }),
  z.strictObject({ kind: z.literal('match'), signal, attribute: text, ...words }),
  z.strictObject({
    kind: z.literal('number'),
    source: z.enum(['price', 'popularity', 'position', 'age']),
    scale: z.enum(['log', 'reciprocal', 'share', 'log-ratio']),
    ...words,
  }),
  z.strictObject({ kind: z.literal('affinity'), ...words }),
  z.strictObject({
    kind: z.literal('recent'),
    measure: z.enum(['last', 'rank', 'views', 'clicks', 'age', 'after-last', 'before-last']),
    ...words,
  }),
  z.strictObject({ kind: z.literal('history'), ...words }),
]);
