import type { Feature } from '@inkling/core';
import type { Rule } from './rule.ts';

type Recipe = Omit<Extract<Feature, { kind: 'number' }>, 'group' | 'sentence'>;

/** What a rule can speak of beside the items themselves: a number, and how much of the rule each of its columns makes. */
export interface StandingFeature {
  readonly group: string;
  feature(rule: Rule): Recipe;
  /** One for each column. Of a share, half is taken off where it is known, so that what is unknown is as good as the
   * middle of the list. */
  readonly parts: readonly number[];
}

const DAYS = 30;

export type StandingTarget =
  | 'authored-order'
  | 'popular'
  | 'cheap'
  | 'new'
  | 'taste'
  | 'seen'
  | 'recent'
  | 'abandoned';

export const STANDING_TARGETS: Readonly<Record<StandingTarget, StandingFeature>> = {
  'authored-order': {
    group: 'item',
    feature: () => ({
      kind: 'number',
      source: 'list:position',
      transforms: [{ type: 'share' }],
      indicator: false,
    }),
    parts: [-1],
  },
  popular: {
    group: 'item',
    feature: () => ({ kind: 'number', source: 'attribute:popularity', transforms: [{ type: 'share' }] }),
    parts: [1, -0.5],
  },
  cheap: {
    group: 'item',
    feature: () => ({ kind: 'number', source: 'item:price', transforms: [{ type: 'share' }] }),
    parts: [-1, 0.5],
  },
  /** 1 / (1 + age / days). */
  new: {
    group: 'item',
    feature: ({ days = DAYS }) => ({
      kind: 'number',
      source: 'age:days',
      transforms: [{ type: 'standardize', mean: 0, std: days }, { type: 'reciprocal' }],
      indicator: false,
    }),
    parts: [1],
  },
  taste: {
    group: 'taste',
    feature: () => ({ kind: 'number', source: 'affinity:mean', indicator: false }),
    parts: [1],
  },
  /** What is known of a recent item is that it was seen. */
  seen: {
    group: 'taste',
    feature: () => ({ kind: 'number', source: 'recent:views' }),
    parts: [0, 1],
  },
  /** 1 for the item touched last, 1/2 for the one before, and so on. */
  recent: {
    group: 'taste',
    feature: () => ({
      kind: 'number',
      source: 'last:rank',
      transforms: [{ type: 'reciprocal' }],
      indicator: false,
    }),
    parts: [1],
  },
  abandoned: {
    group: 'taste',
    feature: () => ({ kind: 'number', source: 'last:abandoned', indicator: false }),
    parts: [1],
  },
};

/** What holds where the rules do not speak of it: without them all items that no rule prefers would be equal, and stand
 * in the order of their ids. */
export const STANDING_RULES: readonly Rule[] = [
  { prefer: 'authored-order', strength: 'weak', because: 'The site put it near the top.' },
  { prefer: 'popular', strength: 'medium', because: 'Other visitors like it.' },
  { prefer: 'taste', strength: 'medium', because: 'You looked at {tags} lately.' },
  { prefer: 'recent', strength: 'medium', because: 'You looked at it before.' },
];
