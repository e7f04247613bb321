export { createFullEncoder } from './encode/create-full-encoder.ts';
export { fullFeatures } from './encode/full-features.ts';
export { type ModelInput, modelInputs } from './encode/model-inputs.ts';
export { upgradeSpec } from './encode/upgrade-spec.ts';
