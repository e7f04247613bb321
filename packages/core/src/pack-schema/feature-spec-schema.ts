import { z } from 'zod';
import type { SignalPath } from '../context/context.ts';
import { isSignalPath } from '../context/create-context.ts';
import type { FeatureSpec } from '../encode/feature-spec.ts';
import { COUNTS } from '../pack/limits.ts';
import { id, text, unique } from './parts.ts';

const signal = z.custom<SignalPath>(isSignalPath, 'expected a signal such as "weather.condition"');
const feature = { group: id, sentence: text };

const featureSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signal'), signal, values: z.array(text).min(1), ...feature }),
  z.strictObject({ kind: z.literal('tags'), tags: z.array(text).min(1), ...feature }),
  z.strictObject({ kind: z.literal('attribute'), attribute: text, values: z.array(text).min(1), ...feature }),
  z.strictObject({ kind: z.literal('match'), signal, attribute: text, ...feature }),
  z.strictObject({
    kind: z.literal('number'),
    source: z.enum(['price', 'popularity', 'position', 'age']),
    scale: z.enum(['log', 'reciprocal', 'share', 'log-ratio']),
    ...feature,
  }),
  z.strictObject({ kind: z.literal('affinity'), ...feature }),
  z.strictObject({
    kind: z.literal('recent'),
    measure: z.enum(['last', 'rank', 'views', 'clicks', 'age', 'after-last', 'before-last']),
    ...feature,
  }),
  z.strictObject({ kind: z.literal('history'), ...feature }),
]);

/** features.json: the feature spec. Every feature has a sentence, and its group exists. */
export const featureSpecSchema: z.ZodType<FeatureSpec> = z
  .strictObject({
    format: z.literal(1),
    groups: z
      .array(z.strictObject({ id, sentence: text }))
      .min(1)
      .max(COUNTS.groups)
      .check(unique('id')),
    features: z.array(featureSchema).min(1).max(COUNTS.features),
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
  })
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
