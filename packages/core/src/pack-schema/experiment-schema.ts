import { z } from 'zod';
import type { CanarySpec, ExperimentSpec, HoldoutSpec } from '../experiment/experiment-spec.ts';
import { COUNTS } from '../pack/limits.ts';
import { id, share, text, unique } from './parts.ts';
import { slotsSchema } from './slot-schema.ts';

const layerSchema = z
  .strictObject({ id, from: share, to: share })
  .refine(({ from, to }) => from < to, 'expected from below to');

const experimentSchema = z.strictObject({
  id,
  salt: text.exactOptional(),
  variations: z
    .array(z.strictObject({ id, weight: share, slots: slotsSchema.exactOptional() }))
    .min(2)
    .check(unique('id'))
    .refine(
      (variations) => Math.abs(variations.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9,
      'expected weights that sum to 1',
    ),
  coverage: share.exactOptional(),
  layer: layerSchema.exactOptional(),
  holdout: id.exactOptional(),
});

export const experimentsSchema: z.ZodType<readonly ExperimentSpec[]> = z
  .array(experimentSchema)
  .max(COUNTS.experiments)
  .check(unique('id'));

export const holdoutsSchema: z.ZodType<readonly HoldoutSpec[]> = z
  .array(z.strictObject({ id, share, salt: text.exactOptional() }))
  .max(COUNTS.experiments)
  .check(unique('id'));

export const canarySchema: z.ZodType<CanarySpec> = z.strictObject({
  path: z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/, 'expected a path below this pack'),
  share,
});
