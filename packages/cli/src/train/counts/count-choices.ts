import { setImmediate } from 'node:timers/promises';
import type { EncodedLists } from '../../dataset/encoded-lists.ts';
import { lossOf } from '../losses.ts';
import type { BatchProgress } from '../train-network.ts';
import type { CountColumns, IdColumn } from './count-columns.ts';
import { type Counts, type CountTable, cellOf, scoreByCounts } from './count-table.ts';

export interface CountedChoices extends Counts {
  /** Mean over the lists of what the tables were counted against. */
  readonly loss: number;
}

/** One pass over the lists: how often each item is chosen with each word of a signal, and how often the tables so far
 * expect it to be, of those it was shown with.
 * @param signal none counts the items by themselves
 * @returns nothing where the abort signal ended it */
export async function countChoices(
  lists: EncodedLists,
  columns: CountColumns,
  tables: readonly CountTable[],
  signal: IdColumn | undefined,
  options: {
    readonly abort?: AbortSignal | undefined;
    readonly onDone: (progress: Pick<BatchProgress, 'done' | 'loss'>) => void;
  },
): Promise<CountedChoices | undefined> {
  const cells = columns.item.ids * (signal?.ids ?? 1);
  const [chosen, expected] = [new Float64Array(cells), new Float64Array(cells)];
  let [loss, count, seen] = [0, 0, 0];
  for await (const batch of lists.batches(256, 'counts')) {
    // Gives the signal, and whoever draws the progress, a turn.
    await setImmediate();
    if (options.abort?.aborted) return undefined;
    for (const list of batch) {
      const { features, labels, weight } = list;
      if (lossOf.listwise.countOf(labels) === 0) continue;
      // What was expected less what was chosen is the derivative of the listwise loss, and the label is what was chosen.
      const slopes = new Float32Array(labels.length);
      loss += lossOf.listwise.evaluate(
        scoreByCounts(columns, tables, list, lists.width),
        labels,
        weight,
        slopes,
      );
      count++;
      const all = Array.from(labels).reduce((sum, label) => sum + label, 0);
      slopes.forEach((slope, row) => {
        const cell = cellOf(columns, signal, features, row * lists.width);
        const here = (weight * (labels[row] as number)) / all;
        chosen[cell] = (chosen[cell] as number) + here;
        expected[cell] = (expected[cell] as number) + here + slope;
      });
    }
    seen += batch.length;
    options.onDone({ done: seen / lists.count, loss: loss / count });
  }
  return { chosen, expected, loss: loss / count };
}
