import type { Context } from '../context/context.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Encoder } from '../encode/create-encoder.ts';
import type { Item } from '../item.ts';
import type { Profile } from '../profile/profile.ts';
import type { SlotSpec } from './slot.ts';

/** One draw from what the device believes: the same gives the same again. `spread` is the share of the standard
 * deviations that it keeps. */
export type Draw = readonly [seed: string, sample: number, spread?: number];

/** All that a slate depends on. */
export interface SlateRequest {
  readonly slot: SlotSpec;
  /** The candidates, in authored order. */
  readonly items: readonly Item[];
  /** One for each item. */
  readonly scores: ArrayLike<number>;
  /** What a score means. @default 'logit' */
  readonly output?: 'probability' | 'logit' | 'utility';
  /** Items that may not be chosen here: dismissed by the visitor, or already shown on the page. */
  readonly excluded: ReadonlySet<string>;
  /** What the page shows without a decision; fills a slate that is short. */
  readonly authored: readonly string[];
  /** Of the visit and the page; the slot's own stream is derived from it. */
  readonly seed: string;
  /** Epoch ms. */
  readonly now: number;
  /** What the visitor did and was shown; taste and caps are read from it. */
  readonly profile?: Profile | undefined;
  /** Its weekday tells the visitor's day. @default the day of UTC */
  readonly context?: Pick<Context, 'time'>;
  /** Half-life of the tastes. @default 14 */
  readonly encoder?: Pick<Encoder, 'spec'>;
  /** The scores of all items under one sample of the on-device posterior. @default the scores themselves */
  readonly sampleScores?: (...draw: Draw) => ArrayLike<number>;
  /** Told of what went otherwise than declared. */
  readonly diagnostics?: Diagnostic[];
}
