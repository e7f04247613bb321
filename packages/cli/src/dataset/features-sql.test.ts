import type { FeatureSpec } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogFolder, plainRows, randomPlainRows } from '../log/log.fixture.ts';
import { type OpenedLog, openLog } from '../log/open-log.ts';
import { readLog } from '../log/read-log.ts';
import { streamExamples } from './build-dataset.ts';
import { featuresSql } from './features-sql.ts';
import { crossFitted, crossFittedFrom, popularity, popularityFrom } from './popularity.ts';

/** What the SQL says under each of its names, as the encoder's own sources. */
const SOURCES = {
  place: 'list:position',
  popularity: 'attribute:popularity',
  recent_views: 'recent:views',
  recent_clicks: 'recent:clicks',
  last_rank: 'last:rank',
  last_minutes: 'last:minutes',
  last_same: 'last:same',
  last_offset: 'last:offset',
  history_actions: 'history:actions',
  history_minutes: 'history:minutes',
  history_overlap: 'history:overlap',
} as const;
const words = { group: 'g', sentence: 'Because.' };
const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: Object.values(SOURCES).map((source) => ({ kind: 'number', source, ...words })),
  phrases: {},
};

const folder = createLogFolder();
const file = folder.write('log.csv', randomPlainRows());
let opened: OpenedLog;
beforeAll(async () => {
  opened = await openLog(file, plainRows);
});
afterAll(async () => {
  await opened.close();
  folder.remove();
});

test('the printed SQL says what the encoder says, of every item of every list', async () => {
  const rows = await opened.database.rows(featuresSql);
  const said = new Map(rows.map((row) => [`${row.list} ${row.place}`, row]));
  // The views name a list by the row it begins with.
  const begins = await opened.database.rows('SELECT list, entry FROM lists');
  const firstRows = new Map(begins.map(({ list, entry }) => [list, entry]));
  const unknown = { known: 0, not: 0 };
  let items = 0;
  const popularityOf = await crossFittedFrom(opened, spec);
  for await (const { list, features } of streamExamples(opened, spec, { popularityOf })) {
    const width = 2 * spec.features.length;
    list.items.forEach((item, place) => {
      const row = said.get(`${firstRows.get(list.id)} ${place}`);
      expect([row?.item, row?.visitor, row?.chosen]).toEqual([item.id, list.visitor, list.labels[place]]);
      const sql = Object.keys(SOURCES).flatMap((column) => {
        const value = row?.[column];
        unknown[value === null ? 'not' : 'known']++;
        return value === null ? [0, 0] : [Math.fround(Number(value)), 1];
      });
      expect(sql).toEqual([...features.subarray(place * width, (place + 1) * width)]);
      items++;
    });
  }
  expect(items).toBe(rows.length);
  expect(Math.min(unknown.known, unknown.not)).toBeGreaterThan(1000);
});

test('popularity counted by DuckDB is that counted in memory, of all and of the other folds', async () => {
  const log = await readLog(file, plainRows);
  const counted = await popularityFrom(opened);
  expect(new Map([...counted].sort())).toEqual(new Map([...popularity(log)].sort()));
  const [inMemory, inSql] = [crossFitted(log), await crossFittedFrom(opened, spec)];
  for (const list of log) {
    if (list.kind === 'event') continue;
    expect(list.items.map((item) => inSql(item, list))).toEqual(
      list.items.map(({ id }) => inMemory(id, list)),
    );
  }
});

test('nothing in the SQL is of one engine alone', () => {
  expect(featuresSql).not.toMatch(
    /\b(QUALIFY|FILTER|EXCLUDE|REPLACE|UNNEST|LIST_|ARG_M|USING|ILIKE|LATERAL|ANY_VALUE|::)/i,
  );
});
