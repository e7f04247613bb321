import { z } from 'zod';
import type { Pack } from '../pack/pack.ts';
import { featureSpecSchema } from './feature-spec-schema.ts';
import { id, share, text } from './parts.ts';
import { slotsSchema } from './slot-schema.ts';

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
