import { createEncoder, type Encoder } from './create-encoder.ts';
import type { AnyFeatureSpec } from './feature-spec-1.ts';
import { fullFeatures } from './full-features.ts';
import { upgradeSpec } from './upgrade-spec.ts';

/** Compiles any spec that this version reads: every kind, source and transform, in either format. The encoder's own spec
 * is in the present format.
 * @throws InklingError E_PACK_FORMAT */
export function createFullEncoder(spec: AnyFeatureSpec): Encoder {
  return createEncoder(upgradeSpec(spec), fullFeatures);
}
