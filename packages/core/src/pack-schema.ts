export { catalogSchema } from './pack-schema/catalog-schema.ts';
export { featureSpecSchema } from './pack-schema/feature-spec-schema.ts';
export { packSchema } from './pack-schema/pack-schema.ts';
export { slotsSchema } from './pack-schema/slot-schema.ts';
