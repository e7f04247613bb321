export { type Moment, seedOf } from './slate/full/cadence.ts';
export { fullSlateKinds, slateKindsFor } from './slate/full/full-slate-kinds.ts';
export { propensityOf } from './slate/full/propensity-of.ts';
