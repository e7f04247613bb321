import type { AnyFeatureSpec } from '@inkling/core';
import type { NeighbourScores } from '@inkling/core/candidates';
import { createFullEncoder } from '@inkling/core/full';
import type { Log, LoggedList } from '../log/log.ts';
import type { OpenedLog } from '../log/open-log.ts';
import { buildDataset, type Example, streamExamples } from './build-dataset.ts';
import { type EncodedLists, encodedInMemory, encodedList } from './encoded-lists.ts';
import { isHeldOut, splitByVisitor } from './held-out.ts';
import { createListSpill } from './list-spill.ts';
import { countPopularity, crossFitted, crossFittedFrom, type Popularity } from './popularity.ts';

export interface EncodedLog extends TrainingPart {
  /** Whether its lists are totals by context, which nothing can be measured on. @default false */
  readonly isTotals?: boolean;
  readonly train: EncodedLists;
  /** Of visitors who are not in `train`. */
  readonly validation: EncodedLists;
  /** The lists of `validation`, with their items and profiles. */
  heldOut(): Iterable<Example> | AsyncIterable<Example>;
}

/** What is told of the lists that a ranker learns from. */
interface TrainingPart {
  /** How often their visitors chose what they were shown. */
  readonly popularity: Popularity;
  /** When the first and the last of them were shown, ISO 8601; empty without any. */
  readonly period: readonly [string, string];
}

export interface EncodeLogOptions {
  /** Share of visitors kept for validation. @default 0.15 */
  readonly share?: number | undefined;
  /** For a spec that reads `last:neighbours`. @default nothing is known of what goes together */
  readonly neighboursOf?: NeighbourScores | undefined;
}

/** Encodes an opened log of any size for a trainer, with the popularity that others give an item. What it returns lies in
 * the log's folder and is gone when that is closed. */
export async function encodeLog(
  opened: OpenedLog,
  spec: AnyFeatureSpec,
  { share = 0.15, neighboursOf }: EncodeLogOptions = {},
): Promise<EncodedLog> {
  const { width } = createFullEncoder(spec);
  const { folder } = opened.database;
  const train = await createListSpill(folder, 'train', width);
  const validation = await createListSpill(folder, 'validation', width);
  const part = createPart();
  const options = { popularityOf: await crossFittedFrom(opened, spec), neighboursOf };
  for await (const example of streamExamples(opened, spec, options)) {
    const isKept = isHeldOut(example.list.visitor, share);
    if (!isKept) part.add(example.list);
    await (isKept ? validation : train).add(encodedList(example));
  }
  const ofVisitor = (visitor: string) => isHeldOut(visitor, share);
  return {
    isTotals: opened.isTotals,
    train: await train.finish(),
    validation: await validation.finish(),
    ...part.finish(),
    heldOut: () => streamExamples(opened, spec, { ...options, ofVisitor }),
  };
}

/** The same of a log in memory. */
export function encodeLogInMemory(
  log: Log,
  spec: AnyFeatureSpec,
  { share = 0.15, neighboursOf }: EncodeLogOptions = {},
): EncodedLog {
  const others = crossFitted(log);
  const dataset = buildDataset(log, spec, ({ id }, list) => others(id, list), neighboursOf);
  const [train, validation] = splitByVisitor(dataset.examples, share);
  const part = createPart();
  for (const { list } of train) part.add(list);
  return {
    train: encodedInMemory(dataset.width, train),
    validation: encodedInMemory(dataset.width, validation),
    ...part.finish(),
    heldOut: () => validation,
  };
}

function createPart(): { add(list: LoggedList): void; finish(): TrainingPart } {
  const counts = countPopularity();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const iso = (time: number) => (Number.isFinite(time) ? new Date(time).toISOString() : '');
  return {
    add(list) {
      counts.add(list);
      [first, last] = [Math.min(first, list.at), Math.max(last, list.at)];
    },
    finish: () => ({ popularity: counts.finish(), period: [iso(first), iso(last)] }),
  };
}
