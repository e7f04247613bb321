import type { Context, SignalPath } from '../context/context.ts';
import { readSignal } from '../context/create-context.ts';

/** The mean taste for a tag among all visitors, or among those in one context. */
export interface TagMean {
  readonly tag: string;
  /** −1 to 1. */
  readonly mean: number;
  /** Where it holds. @default everywhere */
  readonly when?: { readonly signal: SignalPath; readonly is: string };
}

/** What is assumed of a visitor of whom little is known: mean taste by tag. A tag that is not named has 0. */
export type TastePrior = ReadonlyMap<string, number>;

/** The means that hold in this context; of several for one tag the last. */
export function tastePrior(means: readonly TagMean[], context: Context): TastePrior {
  const holding = means.filter(({ when }) => !when || readSignal(context, when.signal) === when.is);
  return new Map(holding.map(({ tag, mean }) => [tag, mean]));
}
