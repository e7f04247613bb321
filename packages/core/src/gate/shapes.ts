/** What the gate knows by name: four of the requests, six of the stores. */
export type ShapeName =
  | 'choice'
  | 'profile'
  | 'kept-pack'
  | 'unit'
  | 'totals'
  | 'receipts'
  | 'pack'
  | 'report'
  | 'impression'
  | 'consent-proof';

/** The purpose each is for, then the names of the fields that a request may carry, a space between all.
 * `@inkling/consent/declarations` says the same, and more, for people. Of all orders this takes the fewest bytes. */
export const SHAPES: Readonly<Record<ShapeName, string>> = {
  pack: 'necessary',
  receipts: 'necessary',
  totals: 'measurement',
  profile: 'profile',
  choice: 'necessary',
  unit: 'measurement',
  report: 'measurement batch cells',
  impression: 'research version slot moment hour candidates items propensities rewards',
  'consent-proof': 'necessary notice choice hour',
  'kept-pack': 'profile',
};
