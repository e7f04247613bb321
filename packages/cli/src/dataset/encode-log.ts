import type { AnyFeatureSpec } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import type { OpenedLog } from '../log/open-log.ts';
import { streamExamples } from './build-dataset.ts';
import { type EncodedLists, encodedList } from './encoded-lists.ts';
import { isHeldOut } from './held-out.ts';
import { createListSpill } from './list-spill.ts';
import { crossFittedFrom } from './popularity.ts';

export interface EncodedLog {
  readonly width: number;
  readonly train: EncodedLists;
  /** Of visitors who are not in `train`. */
  readonly validation: EncodedLists;
}

/** Encodes an opened log of any size for a trainer, with the popularity that others give an item. What it returns lies in
 * the log's folder and is gone when that is closed.
 * @param share of visitors kept for validation */
export async function encodeLog(opened: OpenedLog, spec: AnyFeatureSpec, share = 0.15): Promise<EncodedLog> {
  const { width } = createFullEncoder(spec);
  const { folder } = opened.database;
  const train = await createListSpill(folder, 'train', width);
  const validation = await createListSpill(folder, 'validation', width);
  const popularityOf = await crossFittedFrom(opened, spec);
  for await (const example of streamExamples(opened, spec, popularityOf)) {
    const side = isHeldOut(example.list.visitor, share) ? validation : train;
    await side.add(encodedList(example));
  }
  return { width, train: await train.finish(), validation: await validation.finish() };
}
