import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ItemRows, ListRows, TotalRows } from './mapping.ts';

/** What the tests of logs have in common: a log of rows for items, which says nothing of them. */
export const plainRows: ItemRows = {
  format: 1,
  list: 'list',
  visitor: 'who',
  item: 'item',
  label: 'chosen',
  time: { column: 'at', unit: 's' },
  position: 'place',
  event: 'type',
  context: {},
  features: {},
};

/** The same with all that can be said. */
export const itemRows: ItemRows = {
  ...plainRows,
  propensity: 'p',
  context: { 'weather.condition': 'sky' },
  features: { price: 'price', tags: 'tags', season: 'season' },
};
export const HEADER = 'list,who,item,chosen,at,place,p,type,sky,price,tags,season';
/** A log that `itemRows` is about. */
export const csv = (...rows: readonly string[]): string => [HEADER, ...rows].join('\n');

export const listRows: ListRows = {
  format: 1,
  rows: 'lists',
  visitor: 'who',
  item: 'shown',
  chosen: 'about',
  time: { column: 'at', unit: 'iso' },
  event: { column: 'act', values: { look: 'view' } },
  context: { 'device.form': { column: 'device', values: { mobile: 'phone' } } },
  features: { price: 'prices' },
};

export const totalRows: TotalRows = {
  format: 1,
  rows: 'totals',
  item: 'item',
  shown: 'shown',
  chosen: 'chosen',
  context: { 'weather.condition': 'sky' },
  features: {},
};

interface LogFolder {
  readonly path: string;
  /** @returns the path of the file */
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

export function createLogFolder(): LogFolder {
  const path = mkdtempSync(join(tmpdir(), 'inkling-log-'));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}
