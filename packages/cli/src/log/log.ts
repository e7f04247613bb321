import type { ContextPatch, EventType, Item } from '@inkling/core';

/** A list that was shown, and what was chosen from it. */
export interface LoggedList {
  readonly kind: 'list';
  readonly id: string;
  readonly visitor: string;
  /** Epoch ms. */
  readonly at: number;
  /** The first of its rows in its file, from 0: what was shown at one time counts in this order. @default not known */
  readonly row?: number;
  readonly context: ContextPatch;
  /** In displayed order. */
  readonly items: readonly Item[];
  /** One for each item: 1 where it was chosen. Of totals the share of times that it was chosen, 0 to 1. */
  readonly labels: readonly number[];
  /** One for each item, where the log states them: its place as the log counts places, and the probability with which it
   * was shown there, given the items before it. */
  readonly positions?: readonly number[];
  readonly propensities?: readonly number[];
  /** Probability with which the list's chosen item was shown there. */
  readonly propensity: number;
  /** What it counts for beside its propensity: of totals their choices, 1 on average. @default 1 */
  readonly weight?: number;
}

/** Something a visitor did outside the lists. */
export interface LoggedEvent {
  readonly kind: 'event';
  readonly visitor: string;
  readonly at: number;
  readonly type: EventType;
  readonly item: string;
}

export type LogEntry = LoggedList | LoggedEvent;

/** In time order. */
export type Log = readonly LogEntry[];

/** `visitor`: visitor by visitor, each in time order. `time`: all in time order. */
export type LogOrder = 'visitor' | 'time';
