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
  /** How near items are to what the visitor touched, by id, for the source `last:neighbours`: what `indexNeighbours` of
   * `@inkling/core/candidates` gives. @default not known */
  readonly neighbours?: Readonly<Record<string, number>> | undefined;
}
