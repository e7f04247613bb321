import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readTable } from '@inkling/cli';

interface Row {
  readonly visitor: string;
  /** The other cells, as CSV. */
  readonly rest: string;
  readonly isList: boolean;
}

/** Writes a log of so many lists: the rows of a real one again and again, each time of other visitors. */
export async function repeatLists(source: string, out: string, lists: number): Promise<void> {
  const rows: Row[] = [];
  let header = '';
  for await (const { cells } of readTable(source)) {
    const { user_id: visitor = '', ...others } = cells;
    header = ['user_id', ...Object.keys(others)].join(',');
    rows.push({
      visitor,
      rest: Object.values(others).map(cellOf).join(','),
      isList: cells.impressions !== '',
    });
  }
  if (!rows.some(({ isList }) => isList)) throw new Error(`${source} holds no list.`);
  const file = createWriteStream(out);
  file.write(`${header}\n`);
  let left = lists;
  for (let round = 0; left > 0; round++) {
    for (const { visitor, rest, isList } of rows) {
      if (left === 0) break;
      if (isList) left--;
      if (!file.write(`${visitor}-${round},${rest}\n`)) await once(file, 'drain');
    }
  }
  file.end();
  await once(file, 'close');
}

function cellOf(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
