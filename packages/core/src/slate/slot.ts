import type { Match, RuleSpec } from './rule.ts';

/** How scores become a choice with a known probability. Each has a source in docs/slate.md. */
export type PolicySpec =
  /** Takes the best. */
  | { readonly type: 'greedy' }
  /** Takes the best, but with probability `epsilon` any of the explored set. */
  | ({
      readonly type: 'epsilon';
      /** Share of explored positions, 0 to 1. */
      readonly epsilon: number;
    } & Explored)
  /** Plackett-Luce: weights exp(value / temperature). */
  | { readonly type: 'softmax' /** Above 0, in units of the score. */; readonly temperature: number }
  /** Inverse gap weighting over the best; needs a model whose output is a `probability`. */
  | {
      readonly type: 'squarecb';
      /** Above 0; higher explores less: an item whose probability of a reward is `d` below the best's is shown with
       * probability 1 / (items + gamma · d). */
      readonly gamma: number;
      /** How many of the best, 1 to 20. @default 20 */
      readonly top?: number;
    }
  /** Each by its share of wins in 256 samples of the on-device posterior. */
  | ({
      readonly type: 'thompson';
      /** Share of explored positions, 0.01 to 1. @default 0.01 */
      readonly epsilon?: number;
      /** Share of the posterior's standard deviations that the samples keep, above 0 and at most 1; lower explores
       * less. @default 0.25 */
      readonly spread?: number;
    } & Explored);

/** The set that exploration is among. */
export interface Explored {
  /** How many of the best, 1 to 20. @default 20 */
  readonly top?: number;
  /** These too, wherever they rank: what is new has no record yet. */
  readonly fresh?: Match;
}

/** Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) over shared tags. */
export interface DiversitySpec {
  /** Weight of relevance against variety, 0 to 1; 1 is relevance alone. */
  readonly lambda: number;
}

/** What a slate is to be good for beside relevance. Weights are relative to the spread of the scores: at weight 1 the
 * best by this objective gains as much as the best score has over the worst. */
export type ObjectiveSpec = {
  /** 0 or above. */
  readonly weight: number;
} & (
  | {
      /** The mix of tags follows that of the visitor's tastes (Steck, RecSys 2018). */
      readonly type: 'calibration';
      /** Smoothing, 0 to 1. @default 0.01 */
      readonly alpha?: number;
    }
  /** Newer first: 2^(-age / half-life). */
  | { readonly type: 'freshness'; readonly halfLifeDays: number }
  /** A number of the catalog, such as a margin, rescaled to 0 to 1 over the candidates. */
  | { readonly type: 'attribute'; readonly attribute: string }
  /** What the visitor has not seen. @default in 30 days */
  | { readonly type: 'novelty'; readonly days?: number }
);

/** How long a slate stays: for the page, for the visit, for the day, or until the weekday comes. */
export type Cadence = 'always' | 'session' | 'daily' | `weekly:${Weekday}`;

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** How shelves are ranked. Items of one `group` make a shelf. */
export interface ShelvesSpec {
  /** How many shelves. @default all */
  readonly k?: number;
  /** @default the slot's */
  readonly policy?: PolicySpec;
  /** Rules whose items are the shelves. @default none */
  readonly rules?: readonly RuleSpec[];
}

/** A place on a page. */
export interface SlotSpec {
  readonly id: string;
  /** `order` permutes the authored items, `list` picks from the catalog, `variant` picks one of several, `shelves`
   * ranks groups and the items within each. */
  readonly kind: 'order' | 'list' | 'variant' | 'shelves';
  /** How many places are decided; of shelves, in each. @default all candidates, or one for a variant */
  readonly k?: number;
  /** With a variant: one of the variants of each `parent`, in authored order. @default one in all */
  readonly per?: 'item';
  readonly decide: 'client' | 'edge';
  readonly policy: PolicySpec;
  readonly rules: readonly RuleSpec[];
  readonly diversity?: DiversitySpec;
  readonly objectives?: readonly ObjectiveSpec[];
  readonly shelves?: ShelvesSpec;
  /** @default 'always' */
  readonly cadence?: Cadence;
}
