import { z } from 'zod';
import { COUNTS } from '../pack/limits.ts';
import type { SlotSpec } from '../slate/slot.ts';
import { id, share, text, unique } from './parts.ts';

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
      rules: z.array(ruleSchema).max(COUNTS.rules),
      diversity: z.strictObject({ lambda: share }).exactOptional(),
    }),
  )
  .max(COUNTS.slots)
  .check(unique('id'));
