import type { Purpose } from '../purpose.ts';

/** What the gate knows by name: two of the requests, five of the stores. */
export type ShapeName = 'choice' | 'profile' | 'kept-pack' | 'unit' | 'receipts' | 'pack' | 'consent-proof';

/** The purpose each is for, then the names of the fields that a request may carry. `@inkling/consent/declarations` says
 * the same, and more, for people. */
export const SHAPES: Readonly<Record<ShapeName, readonly [Purpose, ...string[]]>> = {
  choice: ['necessary'],
  profile: ['profile'],
  'kept-pack': ['profile'],
  unit: ['measurement'],
  receipts: ['necessary'],
  pack: ['necessary'],
  'consent-proof': ['necessary', 'notice', 'choice', 'hour'],
};
