import type { Encoder } from '@inkling/core';
import type { EncodedLists } from '../../dataset/encoded-lists.ts';
import { type EpochProgress, type FitOptions, nothingToLearn, validate } from '../train-network.ts';
import { countChoices } from './count-choices.ts';
import { type CountColumns, countColumns } from './count-columns.ts';
import { type CountTable, countTable, scoreByCounts } from './count-table.ts';
import { dampRepeats } from './damp-repeats.ts';

/** By what is counted: signals, and POPULARITY, each with its prior in choices. */
export type Priors = Readonly<Record<string, number>>;

export interface CountsOptions extends Pick<FitOptions, 'signal' | 'onBatch' | 'onEpoch'> {
  /** @default those signals, and those priors of PRIORS, that lower the loss of the validation lists most; without such
   * lists all signals, with a prior of 30 */
  readonly priors?: Priors | undefined;
}

export interface FittedCounts {
  readonly columns: CountColumns;
  readonly tables: readonly CountTable[];
  readonly priors: Priors;
  readonly best: EpochProgress;
  /** Whether the signal ended it. */
  readonly isStopped: boolean;
}

/** What popularity is called among the priors. No signal has this name: theirs have a dot. */
const POPULARITY = 'popularity';

const PRIORS = [1, 3, 10, 30, 100, 300, 1000];
const UNCHOSEN_PRIOR = 30;

/** Counts what is chosen: by itself, then with the words of one signal after the other, in the order of the spec. Each is
 * counted against what those before it expect, so that signals that say the same (a city is in a country) do not say it
 * twice. An epoch is one signal, and the first one popularity.
 * @throws CliError for another spec than counts read, or where there is nothing to learn; before popularity is counted the
 * signal's reason */
export async function fitCounts(
  data: { readonly encoder: Encoder; readonly train: EncodedLists; readonly validation: EncodedLists },
  { priors: given, signal: abort, onBatch, onEpoch }: CountsOptions = {},
): Promise<FittedCounts> {
  const columns = countColumns(data.encoder);
  const train = await dampRepeats(data.train, columns.item.column);
  const validation = await dampRepeats(data.validation, columns.item.column);
  const scoresBy = (tables: readonly CountTable[]) => scoresOfCounts(columns, tables, train.width);
  const wanted = [undefined, ...columns.signals].filter(
    (signal) => !signal || !given || Object.hasOwn(given, signal.source),
  );
  const epochs = wanted.length;
  const priors: Record<string, number> = {};
  let tables: readonly CountTable[] = [];
  let best: EpochProgress | undefined;
  for (const [place, signal] of wanted.entries()) {
    const epoch = place + 1;
    const before = tables;
    const onDone = (progress: { readonly done: number; readonly loss: number }) =>
      onBatch?.({ ...progress, epoch, epochs });
    const counts = await countChoices(train, columns, before, signal, { abort, onDone });
    if (!counts) break;
    if (Number.isNaN(counts.loss)) throw nothingToLearn();
    const source = signal?.source ?? POPULARITY;
    const fixed = given?.[source] ?? (validation.count > 0 ? undefined : UNCHOSEN_PRIOR);
    for (const prior of fixed === undefined ? PRIORS : [fixed]) {
      const more = [...before, countTable(counts, prior, signal)];
      const held = await validate(validation, {}, scoresBy(more));
      if (best && fixed === undefined && !(held.loss < best.validationLoss)) continue;
      best = { epoch, loss: counts.loss, validationLoss: held.loss, mrr: held.mrr };
      tables = more;
    }
    const kept = tables[before.length];
    if (kept) priors[source] = kept.prior;
    if (best) onEpoch?.({ ...best, epoch, loss: counts.loss });
  }
  if (!best) abort?.throwIfAborted();
  if (!best) throw nothingToLearn();
  // What is told of the fit is of the lists as they are.
  const held = await validate(data.validation, {}, scoresBy(tables));
  return {
    columns,
    tables,
    priors,
    best: { ...best, validationLoss: held.loss, mrr: held.mrr },
    isStopped: abort?.aborted ?? false,
  };
}

/** @param width of a row of the lists */
export function scoresOfCounts(
  columns: CountColumns,
  tables: readonly CountTable[],
  width: number,
): (lists: readonly { readonly features: Float32Array }[]) => Float32Array {
  return (lists) =>
    Float32Array.from(lists.flatMap((list) => [...scoreByCounts(columns, tables, list, width)]));
}
