import { z } from 'zod';
import type { AnyFeatureSpec } from '../encode/feature-spec-1.ts';
import { COUNTS } from '../pack/limits.ts';
import { feature1Schema } from './feature-1-schema.ts';
import { signal } from './feature-parts.ts';
import { featureSchema } from './feature-schema.ts';
import { id, text, unique } from './parts.ts';

const common = {
  groups: z
    .array(z.strictObject({ id, sentence: text }))
    .min(1)
    .max(COUNTS.groups)
    .check(unique('id')),
  phrases: z.record(z.string(), z.record(z.string(), text)),
  halfLifeDays: z.number().positive().exactOptional(),
  means: z
    .array(
      z.strictObject({
        tag: text,
        mean: z.number().min(-1).max(1),
        when: z.strictObject({ signal, is: text }).exactOptional(),
      }),
    )
    .exactOptional(),
};

/** features.json: the feature spec, in either format. Every feature has a sentence, and its group exists. */
export const featureSpecSchema: z.ZodType<AnyFeatureSpec> = z
  .discriminatedUnion('format', [
    z.strictObject({
      format: z.literal(1),
      features: z.array(feature1Schema).min(1).max(COUNTS.features),
      ...common,
    }),
    z.strictObject({
      format: z.literal(2),
      features: z.array(featureSchema).min(1).max(COUNTS.features),
      ...common,
    }),
  ])
  .check(({ value, issues }) => {
    const groups = new Set(value.groups.map((group) => group.id));
    value.features.forEach((part, index) => {
      if (groups.has(part.group)) return;
      issues.push({
        code: 'custom',
        input: part.group,
        path: ['features', index, 'group'],
        message: `expected one of the groups ${[...groups].join(', ')}`,
      });
    });
  });
