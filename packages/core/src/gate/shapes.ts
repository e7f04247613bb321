import type { Purpose } from '../purpose.ts';

/** What the gate knows by name: three of the requests, six of the stores. */
export type ShapeName =
  | 'choice'
  | 'profile'
  | 'kept-pack'
  | 'unit'
  | 'totals'
  | 'receipts'
  | 'pack'
  | 'report'
  | 'consent-proof';

/** The purpose each is for, then the names of the fields that a request may carry. `@inkling/consent/declarations` says
 * the same, and more, for people. Of all orders this takes the fewest bytes. */
export const SHAPES: Readonly<Record<ShapeName, readonly [Purpose, ...string[]]>> = {
  pack: ['necessary'],
  receipts: ['necessary'],
  totals: ['measurement'],
  profile: ['profile'],
  choice: ['necessary'],
  unit: ['measurement'],
  report: ['measurement', 'batch', 'cells'],
  'consent-proof': ['necessary', 'notice', 'choice', 'hour'],
  'kept-pack': ['profile'],
};
