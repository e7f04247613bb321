/** Pins an item to a place, or keeps items out of a slot. Hard: no score overrides a rule. */
export type RuleSpec =
  | { readonly type: 'pin'; readonly item: string /** From 0. */; readonly position: number }
  | { readonly type: 'only'; readonly group: string }
  | { readonly type: 'exclude'; readonly tag: string };

/** How scores become a choice. `greedy` takes the best; `epsilon` explores with a known probability. */
export type PolicySpec =
  | { readonly type: 'greedy' }
  | {
      readonly type: 'epsilon';
      /** Share of explored positions, 0 to 1. */
      readonly epsilon: number;
      /** How many of the best are explored, 1 to 20. @default 20 */
      readonly top?: number;
    };

/** Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) over shared tags. */
export interface DiversitySpec {
  /** Weight of relevance against variety, 0 to 1; 1 is relevance alone. */
  readonly lambda: number;
}

/** A place on a page. */
export interface SlotSpec {
  readonly id: string;
  readonly kind: 'order' | 'list' | 'variant' | 'shelves';
  /** How many places are decided. @default all candidates, or one for a variant */
  readonly k?: number;
  readonly decide: 'client' | 'edge';
  readonly policy: PolicySpec;
  readonly rules: readonly RuleSpec[];
  readonly diversity?: DiversitySpec;
}
