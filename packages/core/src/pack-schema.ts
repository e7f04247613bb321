import { z } from 'zod';
import type { SignalPath } from './context.ts';
import { isSignalPath } from './create-context.ts';
import type { FeatureSpec } from './feature-spec.ts';
import type { Item } from './item.ts';
import type { Pack } from './pack.ts';
import type { SlotSpec } from './slot.ts';

const text = z.string().min(1);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and hyphens');
const share = z.number().min(0).max(1);

const itemSchema = z.strictObject({
  id: text,
  title: text.exactOptional(),
  url: text.exactOptional(),
  price: z.number().nonnegative().exactOptional(),
  tags: z.array(text).exactOptional(),
  group: text.exactOptional(),
  available: z.boolean().exactOptional(),
  publishedAt: z.iso.date().or(z.iso.datetime()).exactOptional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).exactOptional(),
});

/** catalog.json: all items, each id once. */
export const catalogSchema: z.ZodType<readonly Item[]> = z.array(itemSchema).check(unique('id'));

const ruleSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('pin'), item: text, position: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('only'), group: text }),
  z.strictObject({ type: z.literal('exclude'), tag: text }),
]);

const policySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('greedy') }),
  z.strictObject({ type: z.literal('epsilon'), epsilon: share, top: z.int().min(1).max(20).exactOptional() }),
]);

/** slots.json: the places of the site. */
export const slotsSchema: z.ZodType<readonly SlotSpec[]> = z
  .array(
    z.strictObject({
      id,
      kind: z.enum(['order', 'list', 'variant']),
      k: z.int().positive().exactOptional(),
      decide: z.literal('client'),
      policy: policySchema,
      rules: z.array(ruleSchema),
      diversity: z.strictObject({ lambda: share }).exactOptional(),
    }),
  )
  .check(unique('id'));

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
      .max(10)
      .check(unique('id')),
    features: z.array(featureSchema).min(1),
    phrases: z.record(z.string(), z.record(z.string(), text)),
    halfLifeDays: z.number().positive().exactOptional(),
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

/** pack.json as a whole. */
export const packSchema: z.ZodType<Pack> = z.strictObject({
  format: z.literal(1),
  id,
  version: z.int().positive(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  assets: z.array(
    z.strictObject({
      role: z.enum(['model', 'catalog']),
      path: z.string().regex(/^[\w.-]+$/),
      bytes: z.int().positive(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      inline: z.base64().exactOptional(),
    }),
  ),
  spec: featureSpecSchema,
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  slots: slotsSchema,
  experiment: z.strictObject({ holdout: share }),
  modelCard: z.strictObject({ summary: text, data: text, metrics: z.record(z.string(), z.number()) }),
});

function unique<Key extends string>(key: Key) {
  return ({ value, issues }: z.core.ParsePayload<readonly Readonly<Record<Key, string>>[]>): void => {
    const seen = new Map<string, number>();
    value.forEach((entry, index) => {
      const first = seen.get(entry[key]);
      if (first === undefined) seen.set(entry[key], index);
      else {
        issues.push({
          code: 'custom',
          input: entry[key],
          path: [index, key],
          message: `expected each ${key} once; it is also at ${first}`,
        });
      }
    });
  };
}
