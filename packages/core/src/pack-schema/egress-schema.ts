import { z } from 'zod';
import type { EgressShape } from '../pack/egress-shape.ts';
import { COUNTS } from '../pack/limits.ts';
import { PURPOSES } from '../purpose.ts';
import { id, text, unique } from './parts.ts';

const shapeSchema = z.strictObject({
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

/** The one that the runtime itself sends: what the pack says of it is what it does. */
function isAsSent({ id, method = 'POST', purpose, fields }: EgressShape): boolean {
  return (
    id !== 'report' || [method, purpose, ...[...fields].sort()].join() === 'POST,measurement,batch,cells'
  );
}

export const egressSchema: z.ZodType<readonly EgressShape[]> = z
  .array(
    shapeSchema.refine(isAsSent, 'expected of the shape report: POST, measurement, fields batch and cells'),
  )
  .max(COUNTS.egress)
  .check(unique('id'));
