import type { PolicySpec } from '@inkling/core';

/** What is compared. The gamma of `squarecb` is ten times the root of arms × rounds. */
export const POLICIES: Readonly<Record<string, PolicySpec>> = {
  greedy: { type: 'greedy' },
  epsilon: { type: 'epsilon', epsilon: 0.05 },
  uniform: { type: 'epsilon', epsilon: 1 },
  squarecb: { type: 'squarecb', gamma: 600 },
  thompson: { type: 'thompson' },
};
