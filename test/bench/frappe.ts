import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readTable } from '@inkling/cli';
import type { Bench, BenchRow } from './bench.ts';
import { benchLabelled } from './frappe/labelled.ts';
import { readUses } from './frappe/read-uses.ts';

/** Apps in their context: whether a known user uses an app, and which app somebody unknown will use. `--train FILE` (uses)
 * and `--test FILE` (labelled uses) replace those of the data folder. */
export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { train: { type: 'string' }, test: { type: 'string' } },
  });
  const data = join(process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data'), 'frappe');
  const train = await readUses(values.train ?? join(data, 'train_positives.csv.gz'));
  const test = await readUses(values.test ?? join(data, 'valid.csv.gz'));
  const items: string[] = [];
  for await (const { cells } of readTable(join(data, 'items.csv.gz'))) items.push(String(cells.item));
  return [...(await benchLabelled(train, test, items))];
};
