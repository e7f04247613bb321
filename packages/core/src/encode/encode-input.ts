import type { Context } from '../context/context.ts';
import type { Item } from '../item.ts';
import type { Profile } from '../profile/profile.ts';

/** What an encoder reads. */
export interface EncodeInput {
  readonly context: Context;
  readonly profile: Profile | undefined;
  /** In authored order: an item's index is its authored position. */
  readonly items: readonly Item[];
  /** Epoch ms. */
  readonly now: number;
}

/** The columns of one feature: what they are when nothing is known, and how to fill them for a list. */
export interface Columns {
  readonly unknown: readonly number[];
  /** Does once what is common to the list; the result gives one row's values. */
  prepare(input: EncodeInput): (row: number) => readonly number[];
}
