import type { PolicySpec } from '@inkling/core';

/** Policies by the names they have in the tables and pictures. */
export type Policies = Readonly<Record<string, PolicySpec>>;

/** What is compared. The gamma of `squarecb` is 40 times the root of arms × rounds, which is 60 in the simulated worlds
 * and 63 in mushroom's. */
export const POLICIES: Policies = {
  greedy: { type: 'greedy' },
  epsilon: { type: 'epsilon', epsilon: 0.05 },
  uniform: { type: 'epsilon', epsilon: 1 },
  squarecb: { type: 'squarecb', gamma: 2400 },
  thompson: { type: 'thompson' },
};
