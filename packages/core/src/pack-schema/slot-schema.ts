import { z } from 'zod';
import { COUNTS } from '../pack/limits.ts';
import type { SlotSpec } from '../slate/slot.ts';
import { id, share, text, unique } from './parts.ts';
import { matchSchema, ruleSchema } from './rule-schema.ts';

const top = z.int().min(1).max(20).exactOptional();
const fresh = matchSchema.exactOptional();
const nonnegative = z.number().nonnegative();

const policySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('greedy') }),
  z.strictObject({ type: z.literal('epsilon'), epsilon: share, top, fresh }),
  z.strictObject({ type: z.literal('softmax'), temperature: z.number().positive() }),
  z.strictObject({
    type: z.literal('squarecb'),
    gamma: z.number().positive(),
    top,
  }),
  z.strictObject({
    type: z.literal('thompson'),
    epsilon: z.number().min(0.01).max(1).exactOptional(),
    spread: z.number().positive().max(1).exactOptional(),
    top,
    fresh,
  }),
]);

const objectiveSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('calibration'),
    weight: nonnegative,
    alpha: z.number().positive().max(1).exactOptional(),
  }),
  z.strictObject({ type: z.literal('freshness'), weight: nonnegative, halfLifeDays: z.number().positive() }),
  z.strictObject({ type: z.literal('attribute'), weight: nonnegative, attribute: text }),
  z.strictObject({
    type: z.literal('novelty'),
    weight: nonnegative,
    days: z.int().positive().exactOptional(),
  }),
]);

const rules = z
  .array(ruleSchema)
  .max(COUNTS.rules)
  .check(({ value, issues }) => {
    const pins = value.filter((rule) => rule.type === 'pin');
    pins.forEach((pin, index) => {
      const rival = pins
        .slice(0, index)
        .find(({ item, position }) => item === pin.item || position === pin.position);
      if (!rival) return;
      issues.push({
        code: 'custom',
        input: pin,
        path: [value.indexOf(pin)],
        message: `expected one pin for each item and position; ${rival.item} is pinned at ${rival.position}`,
      });
    });
  });

const slotSchema = z
  .strictObject({
    id,
    kind: z.enum(['order', 'list', 'variant', 'shelves']),
    k: z.int().positive().exactOptional(),
    per: z.literal('item').exactOptional(),
    decide: z.enum(['client', 'edge']),
    policy: policySchema,
    rules,
    diversity: z.strictObject({ lambda: share }).exactOptional(),
    objectives: z.array(objectiveSchema).exactOptional(),
    shelves: z
      .strictObject({
        k: z.int().positive().exactOptional(),
        policy: policySchema.exactOptional(),
        rules: rules.exactOptional(),
      })
      .exactOptional(),
    cadence: z
      .union([
        z.enum(['always', 'session', 'daily']),
        z.templateLiteral([
          'weekly:',
          z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
        ]),
      ])
      .exactOptional(),
  })
  .check(({ value, issues }) => {
    const expected = value.decide === 'edge' && notForEdge(value);
    if (expected) {
      issues.push({
        code: 'custom',
        input: 'edge',
        path: ['decide'],
        message: `expected ${expected}, because the slot is decided at the edge`,
      });
    }
    const only = { per: 'variant', shelves: 'shelves' } as const;
    for (const field of ['per', 'shelves'] as const) {
      if (value[field] === undefined || value.kind === only[field]) continue;
      issues.push({
        code: 'custom',
        input: value.kind,
        path: ['kind'],
        message: `expected ${only[field]}, because the slot has ${field}`,
      });
    }
  });

/** What a slot needs so that it can be decided from the moment alone, for everybody of one cache key alike. */
function notForEdge(slot: Omit<SlotSpec, 'decide'>): string | undefined {
  if ((slot.kind !== 'order' && slot.kind !== 'variant') || slot.per) return 'an order, or a variant';
  if (slot.policy.type !== 'greedy') return 'the greedy policy: only a device draws';
  if ((slot.cadence ?? 'always') !== 'always') return 'no cadence: only a device remembers';
  return undefined;
}

/** slots.json: the places of the site. */
export const slotsSchema: z.ZodType<readonly SlotSpec[]> = z
  .array(slotSchema)
  .max(COUNTS.slots)
  .check(unique('id'));
