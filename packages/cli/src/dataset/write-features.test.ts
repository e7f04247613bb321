import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeatureSpec } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../log/database.ts';
import type { ListRows } from '../log/mapping.ts';
import { openLog } from '../log/open-log.ts';
import { encodeLog } from './encode-log.ts';
import type { EncodedList } from './encoded-lists.ts';
import { writeFeatures } from './write-features.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-features-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const words = { group: 'g', sentence: 'Because.' };
const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [
    { kind: 'one-hot', source: 'weather.condition', values: ['rain'], ...words },
    { kind: 'number', source: 'item:price', transforms: [{ type: 'log1p' }], ...words },
    { kind: 'number', source: 'recent:clicks', indicator: false, ...words },
  ],
  phrases: {},
};
const mapping: ListRows = {
  format: 1,
  rows: 'lists',
  visitor: 'who',
  item: 'shown',
  chosen: 'took',
  propensity: 'p',
  time: { column: 'at', unit: 's' },
  context: { 'weather.condition': 'sky' },
  features: { price: 'prices' },
};

test('Parquet holds what the trainer learns from, row by row, under the names of the columns', async () => {
  const lines = Array.from({ length: 900 }, (_, i) => {
    const ids = [`i${i % 7}`, `i${(i + 3) % 7}`, `i${(i + 5) % 7}`];
    return `v${i % 90},${i},${ids.join('|')},${ids[i % 3]},0.5|0.25|0.25,${['rain', 'clear', ''][i % 3]},${i}|2.5|`;
  });
  const file = join(folder, 'log.csv');
  writeFileSync(file, ['who,at,shown,took,p,sky,prices', ...lines].join('\n'));
  const opened = await openLog(file, mapping);
  const out = join(folder, 'features.parquet');
  const written = await writeFeatures(opened, spec, { out });
  expect(written).toEqual({
    rows: 2700,
    columns: [
      'weather.condition=rain',
      'weather.condition:other',
      'item:price:log1p',
      'item:price:log1p:known',
      'recent:clicks',
    ],
  });
  const encoded = await encodeLog(opened, spec);
  expect(readdirSync(folder).sort()).toEqual(['features.parquet', 'log.csv']);

  const database = await openDatabase();
  const rows = await database.rows(`SELECT * FROM '${out}' ORDER BY visitor, list, position`);
  await database.close();
  const lists = new Map<string, Record<string, unknown>[]>();
  for (const row of rows) lists.set(String(row.list), [...(lists.get(String(row.list)) ?? []), row]);
  const of = (split: string): EncodedList[] =>
    [...lists.values()]
      .filter(([first]) => first?.split === split)
      .map((list) => ({
        visitor: String(list[0]?.visitor),
        weight: Number(list[0]?.weight),
        labels: Float32Array.from(list, ({ label }) => Number(label)),
        features: Float32Array.from(list.flatMap((row) => written.columns.map((name) => Number(row[name])))),
      }));
  for (const split of ['train', 'validation'] as const) {
    // The trainer's lists of one visitor have no number to sort by: their features tell them apart.
    const sorted = (all: readonly EncodedList[]) =>
      all
        .map((list) =>
          JSON.stringify({
            ...list,
            features: [...list.features],
            labels: [...(list.labels as Float32Array)],
          }),
        )
        .sort();
    const learnt: EncodedList[] = [];
    for await (const batch of encoded[split].batches(64, 'any')) learnt.push(...batch);
    expect(learnt.length).toBeGreaterThan(50);
    expect(sorted(of(split))).toEqual(sorted(learnt));
  }
  await opened.close();
});

test('where the file cannot be written, there is none', async () => {
  const file = join(folder, 'one.csv');
  writeFileSync(file, 'who,at,shown,took,p,sky,prices\nv,1,a|b,a,1|1,,1|2');
  const opened = await openLog(file, mapping);
  const out = join(folder, 'log.csv', 'features.parquet');
  await expect(writeFeatures(opened, spec, { out })).rejects.toThrow(/ENOTDIR|EEXIST/);
  await opened.close();
  expect(existsSync(out)).toBe(false);
});
