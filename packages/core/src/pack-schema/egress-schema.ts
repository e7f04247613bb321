import { z } from 'zod';
import { SHAPES } from '../gate/shapes.ts';
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

/** Those that the runtime itself sends: what the pack says of them is what it does. */
const SENT = ['report', 'impression'] as const;

const shapeOf = (purpose: string, fields: readonly string[]) => [purpose, ...[...fields].sort()].join(' ');

function isAsSent({ id, method = 'POST', purpose, fields }: EgressShape): boolean {
  const name = SENT.find((sent) => sent === id);
  if (!name) return true;
  const [own = '', ...names] = SHAPES[name].split(' ');
  return method === 'POST' && shapeOf(purpose, fields) === shapeOf(own, names);
}

const expected = SENT.map((name) => `${name}: POST, ${SHAPES[name]}`).join('; of ');

export const egressSchema: z.ZodType<readonly EgressShape[]> = z
  .array(shapeSchema.refine(isAsSent, `expected of ${expected}`))
  .max(COUNTS.egress)
  .check(unique('id'));
