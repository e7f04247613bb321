import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prng } from '@inkling/core';
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

/** A log that `plainRows` is about: twelve visitors who act often at the same second, in no order of the file. */
export function randomPlainRows(): string {
  const random = prng('sql', 'log');
  const types = ['view', 'view', 'view', 'click', 'add_to_cart', 'purchase', 'like', 'search'];
  const lines = ['list,who,item,chosen,at,place,type'];
  for (let entry = 0; entry < 400; entry++) {
    const who = `v${random() % 12}`;
    const at = random() % 300;
    if (random() % 2) {
      lines.push(`,${who},i${random() % 30},,${at},,${types[random() % types.length]}`);
      continue;
    }
    const start = random() % 30;
    for (let row = 0; row < 6; row++) {
      const item = `i${(start + row * 5) % 30}`;
      lines.push(`l${entry},${who},${item},${Number(random() % 5 === 0)},${at},${6 - row},`);
    }
  }
  return lines.join('\n');
}

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
