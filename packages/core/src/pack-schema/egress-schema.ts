import { z } from 'zod';
import type { EgressShape } from '../pack/egress-shape.ts';
import { COUNTS } from '../pack/limits.ts';
import { PURPOSES } from '../purpose.ts';
import { id, text, unique } from './parts.ts';

const shapeSchema: z.ZodType<EgressShape> = z.strictObject({
  id,
  url: z
    .string()
    .regex(/^(https:\/\/[^\s?#/]+)?\/(?!\/)[^\s?#]*$/, 'expected a path or an https address, without query'),
  method: z.enum(['GET', 'POST']).exactOptional(),
  purpose: z.enum(PURPOSES),
  fields: z.array(text).max(COUNTS.fields),
  sentence: text,
  recipient: text.exactOptional(),
  days: z.int().positive().exactOptional(),
});

export const egressSchema: z.ZodType<readonly EgressShape[]> = z
  .array(shapeSchema)
  .max(COUNTS.egress)
  .check(unique('id'));
