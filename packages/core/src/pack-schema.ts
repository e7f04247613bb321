export { catalogSchema } from './pack-schema/catalog-schema.ts';
export { featureSpecSchema } from './pack-schema/feature-spec-schema.ts';
export { neighbourEdgesSchema } from './pack-schema/neighbour-edges-schema.ts';
export { type PackSettings, packSchema, packSettingsSchema } from './pack-schema/pack-schema.ts';
export { impressionSchema, reportSchema } from './pack-schema/report-schema.ts';
export { slotsSchema } from './pack-schema/slot-schema.ts';
