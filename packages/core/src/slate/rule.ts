/** Which items a rule speaks of: one, those with a tag, those of a group, or those with a value of an attribute. */
export type Match =
  | { readonly item: string }
  | { readonly tag: string }
  | { readonly group: string }
  | { readonly attribute: string; readonly value: string | number | boolean };

/** Every group, every parent, every tag, or every value of an attribute, each by itself. */
export type Each = { readonly each: 'group' | 'parent' | 'tag' } | { readonly attribute: string };

/** What holds whatever the scores say; only `boost` and `bury` move items. */
export type RuleSpec = (
  | {
      readonly type: 'pin';
      readonly item: string;
      /** From 0. In a slate too short for it the item stands last; an item that may not be shown has no pin. */
      readonly position: number;
    }
  /** Nothing but what matches. */
  | ({ readonly type: 'only' } & Match)
  | ({ readonly type: 'exclude' } & Match)
  /** Keeps out items of which a number among the attributes says fewer than `atLeast`. @default 1 */
  | { readonly type: 'stock'; readonly attribute: string; readonly atLeast?: number }
  /** What matches is shown from the one ISO 8601 time on, and before the other. */
  | ({ readonly type: 'schedule'; readonly from?: string; readonly until?: string } & Match)
  /** Multiplies by the factor, above 0: a `probability` itself, the odds of a `logit`, the exp of a `utility`. */
  | ({ readonly type: 'boost'; readonly factor: number } & Match)
  /** What matches comes after all that does not. */
  | ({ readonly type: 'bury' } & Match)
  /** At most `max` in the slate. */
  | ({ readonly type: 'cap'; readonly max: number } & (Match | Each))
  /** At least `min` in the slate. */
  | ({ readonly type: 'minimum'; readonly min: number } & Match)
  /** At most `max` exposures to this visitor in `days` days: of the tag, of the slot, which is then left as authored, or
   * else of each item that matches. */
  | ({ readonly type: 'visitor-cap'; readonly max: number; readonly days: number } & (
      | Match
      | { readonly each: 'item' | 'slot' }
    ))
) & {
  /** The rule may give way, the lowest number first, where the rules leave places empty or cannot be kept together.
   * @default it never does */
  readonly relax?: number;
};
