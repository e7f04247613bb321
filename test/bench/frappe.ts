import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readTable } from '@inkling/cli';
import type { Bench } from './bench.ts';
import { benchAnonymous } from './frappe/anonymous.ts';
import { benchLabelled } from './frappe/labelled.ts';
import { readUses } from './frappe/read-uses.ts';

/** Apps in their context: whether a known user uses an app, and which app somebody unknown will use. `--train FILE` (uses)
 * and `--test FILE` (labelled uses) replace those of the data folder. `--only labelled` or `anonymous` runs one half. */
export const bench: Bench = async (args) => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { train: text, test: text, only: text } });
  const data = join(process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data'), 'frappe');
  const train = await readUses(values.train ?? join(data, 'train_positives.csv.gz'));
  const test = await readUses(values.test ?? join(data, 'valid.csv.gz'));
  const categoryOf = new Map<string, string>();
  for await (const { cells } of readTable(join(data, 'items.csv.gz')))
    categoryOf.set(String(cells.item), String(cells.category));
  return [
    ...(values.only === 'anonymous' ? [] : await benchLabelled(train, test, [...categoryOf.keys()])),
    ...(values.only === 'labelled' ? [] : await benchAnonymous(train, categoryOf)),
  ];
};
