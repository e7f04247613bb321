import { z } from 'zod';
import type { AdaptSpec } from '../adapt/adapt-spec.ts';
import type { SignalPath } from '../context/context.ts';
import { isSignalPath } from '../context/create-context.ts';
import { ASSET_BYTES, COUNTS } from '../pack/limits.ts';
import type { ModelCard, Pack } from '../pack/pack.ts';
import { egressSchema } from './egress-schema.ts';
import { canarySchema, experimentsSchema, holdoutsSchema } from './experiment-schema.ts';
import { featureSpecSchema } from './feature-spec-schema.ts';
import { id, share, text } from './parts.ts';
import { regimesSchema } from './regimes-schema.ts';
import { sharedSchema } from './shared-schema.ts';
import { slotsSchema } from './slot-schema.ts';

const adaptSchema: z.ZodType<AdaptSpec> = z
  .strictObject({
    columns: z.array(z.int().nonnegative()).min(1).max(32),
    names: z.array(text),
    priorDeviation: z.number().positive(),
    forgetting: z.number().positive().max(1),
  })
  .refine(({ columns, names }) => columns.length === names.length, 'expected one name for each column');

const assetSchema = z.strictObject({
  role: z.enum(['model', 'catalog', 'neighbours']),
  path: z.string().regex(/^[\w.-]+$/),
  bytes: z.int().positive().max(ASSET_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  inline: z.base64().exactOptional(),
});

const modelCardSchema: z.ZodType<ModelCard> = z.strictObject({
  summary: text,
  data: text,
  intendedUse: text.exactOptional(),
  limits: text.exactOptional(),
  metrics: z.record(z.string(), z.number()),
  evaluation: z.enum(['passed', 'unevaluated', 'refused']).exactOptional(),
  acceptedRisk: z.strictObject({ why: text, failures: z.array(text) }).exactOptional(),
});

const settings = {
  off: z.literal(true).exactOptional(),
  sensitive: z.array(text).max(COUNTS.sensitive).exactOptional(),
  popularityBy: z
    .custom<SignalPath>(isSignalPath, 'expected a signal such as "weather.condition"')
    .exactOptional(),
  experiments: experimentsSchema.exactOptional(),
  holdouts: holdoutsSchema.exactOptional(),
  canary: canarySchema.exactOptional(),
  adapt: adaptSchema.exactOptional(),
  egress: egressSchema.exactOptional(),
  regimes: regimesSchema.exactOptional(),
  shared: sharedSchema.exactOptional(),
};

/** What a site may declare in a pack beside catalog, spec, slots and model. */
export type PackSettings = Pick<
  Pack,
  | 'off'
  | 'sensitive'
  | 'popularityBy'
  | 'experiments'
  | 'holdouts'
  | 'canary'
  | 'adapt'
  | 'egress'
  | 'regimes'
  | 'shared'
>;

export const packSettingsSchema: z.ZodType<PackSettings> = z.strictObject(settings);

/** pack.json as a whole. */
export const packSchema: z.ZodType<Pack> = z
  .strictObject({
    format: z.literal(1),
    id,
    version: z.int().positive(),
    floor: z.int().positive(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    assets: z.array(assetSchema).max(COUNTS.assets),
    spec: featureSpecSchema,
    fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
    slots: slotsSchema,
    experiment: z.strictObject({ holdout: share }),
    modelCard: modelCardSchema,
    ...settings,
  })
  .check(({ value, issues }) => {
    if (value.floor > value.version) {
      issues.push({
        code: 'custom',
        input: value.floor,
        path: ['floor'],
        message: `expected at most the version, ${value.version}`,
      });
    }
    const atEdge = new Set(value.slots.filter(({ decide }) => decide === 'edge').map((slot) => slot.id));
    value.experiments?.forEach(({ variations }, index) => {
      const varied = variations.flatMap(({ slots = [] }) => slots);
      if (!varied.some((slot) => slot.decide === 'edge' || atEdge.has(slot.id))) return;
      issues.push({
        code: 'custom',
        input: varied,
        path: ['experiments', index, 'variations'],
        message: 'expected slots that the client decides: the edge does not know who is in an experiment',
      });
    });
    const holdouts = new Set(value.holdouts?.map((holdout) => holdout.id));
    value.experiments?.forEach(({ holdout }, index) => {
      if (holdout === undefined || holdouts.has(holdout)) return;
      issues.push({
        code: 'custom',
        input: holdout,
        path: ['experiments', index, 'holdout'],
        message: 'expected the id of one of the holdouts',
      });
    });
  });
