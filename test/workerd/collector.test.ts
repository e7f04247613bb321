import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prng } from '@inkling/core';
import type { TotalsReport } from '@inkling/core/totals';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlood } from './collector-flood.ts';
import { type Counts, countedBy, load, reportOf } from './collector-load.ts';
import { type Collecting, startCollector } from './start-collector.ts';

const DAY_MS = 86_400_000;
/** On a busy machine. */
const SOON = { timeout: 10_000 };
const today = Math.floor(Date.now() / DAY_MS);
const noonOf = (day: number) => day * DAY_MS + DAY_MS / 2;
const nameOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

let collecting: Collecting;
beforeAll(async () => {
  collecting = await startCollector();
});
afterAll(() => collecting?.dispose());

let place = 1_000_000;
const aReport = (): TotalsReport => reportOf(place++, prng('test', String(place)));
const at = (day: number) => ({ 'test-now': String(noonOf(day)) });
const batchesOf = async (day: number) => sumOf(await countedBy(collecting, day));
const sumOf = (counted: ReadonlyMap<string, Counts>) =>
  [...counted].reduce((sum, [cell, [batches]]) => sum + (cell.includes('"all"') ? 0 : batches), 0);

test('what is acknowledged is counted once, whatever comes twice and whatever restarts', async () => {
  const busy = await startCollector({ restarts: 0.01 });
  try {
    const { expected, statuses } = await load(busy, { reports: 3000, connections: 50, now: noonOf(today) });
    expect([...(await countedBy(busy, today))].sort()).toEqual([...expected].sort());
    // Objects did restart while they were asked.
    expect(statuses.get(503)).toBeGreaterThan(0);
    expect([...statuses.keys()].sort()).toEqual([202, 503]);
  } finally {
    await busy.dispose();
  }
});

test('a flood of what must not be taken gets its own refusals, and honest reports go through beside it', async () => {
  const flooded = await startCollector();
  try {
    const now = noonOf(today);
    const flood = createFlood(flooded);
    const options = { reports: 600, connections: 20, now, beside: flood.send };
    const { expected, statuses } = await load(flooded, options);
    expect([...statuses.keys()]).toEqual([202]);
    expect([...(await countedBy(flooded, today))].sort()).toEqual([...expected].sort());
    const refused = [...flood.statuses].map(([kind, seen]) => [kind, [...seen.keys()].sort()]);
    expect(Object.fromEntries(refused)).toEqual({
      '1 MB': [413],
      malformed: [400, 429],
      'cross-origin': [403],
      // It may be the retry of somebody who heard no answer.
      replayed: [202, 429],
    });
  } finally {
    await flooded.dispose();
  }
});

test('what is acknowledged is on disk: it is there after the process has gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-collector-'));
  try {
    const first = await startCollector({ folder });
    const reports = Array.from({ length: 40 }, aReport);
    const statuses = await Promise.all(reports.map((report) => first.report(report, at(today))));
    expect(new Set(statuses)).toEqual(new Set([202]));
    const before = await countedBy(first, today);
    await first.dispose();
    const second = await startCollector({ folder });
    try {
      expect(await countedBy(second, today)).toEqual(before);
      await Promise.all(reports.map((report) => second.report(report, at(today))));
      expect(await countedBy(second, today)).toEqual(before);
    } finally {
      await second.dispose();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const good = { batch: 'ab'.repeat(16), cells: [[7, 'grid', 'holdout', '', 'night rain', 2, 1]] };
const changed = (change: object) => JSON.stringify({ ...good, ...change });
const cell = (place: number, value: unknown) =>
  changed({ cells: [good.cells[0]?.map((each, i) => (i === place ? value : each))] });

test.each<[string, number, string, Record<string, string>?]>([
  ['of 1 MB', 413, `{"batch":"${'a'.repeat(1_000_000)}"}`],
  ['that is no JSON', 400, '{"batch":'],
  ['that is empty', 400, ''],
  ['with a field more', 400, changed({ visitor: 7 })],
  ['with another prototype', 400, '{"__proto__":{"batch":"x"},"cells":[]}'],
  ['without cells', 400, changed({ cells: [] })],
  ['with another form of id', 400, changed({ batch: 'visitor-7' })],
  ['with a cell twice', 400, changed({ cells: [good.cells[0], good.cells[0]] })],
  ['of more exposures than a browser may add', 400, cell(5, 17)],
  [
    'of more in all than a browser may add',
    400,
    changed({ cells: [good.cells[0], [7, 'hero', 'holdout', '', 'night rain', 15, 1]] }),
  ],
  ['with more rewards than exposures', 400, cell(6, 3)],
  ['with less than nothing', 400, cell(6, -1)],
  ['with a part of a count', 400, cell(5, 1.5)],
  ['of a slot that is not counted', 400, cell(1, 'elsewhere')],
  ['of an arm that there is not', 400, cell(2, 'me')],
  ['of a moment that there is not', 400, cell(4, 'night rain in Berlin')],
  ['with words for a variation', 400, cell(3, 'who: me')],
  ['from another site', 403, JSON.stringify(good), { origin: 'https://elsewhere.example' }],
  [
    'from another site, which says it is this one',
    403,
    JSON.stringify(good),
    { 'sec-fetch-site': 'cross-site' },
  ],
  ['from a sibling', 403, JSON.stringify(good), { 'sec-fetch-site': 'same-site' }],
  ['from a page without an origin', 403, JSON.stringify(good), { origin: 'null' }],
  ['as a form would send it', 415, JSON.stringify(good), { 'content-type': 'text/plain' }],
])('a report %s is refused: %i', async (_, status, body, headers = {}) => {
  expect(await collecting.post(body, { ...at(today + 90), ...headers })).toBe(status);
  expect(await batchesOf(today + 90)).toBe(0);
});

test('a report as it should be is taken, and one from a browser that says where it comes from', async () => {
  const headers = {
    ...at(today + 90),
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json; charset=utf-8',
  };
  expect(await collecting.post(JSON.stringify(good), headers)).toBe(202);
  expect(await batchesOf(today + 90)).toBe(1);
});

test('a body without a declared length is read no further than it may be long', async () => {
  const status = await new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', origin: collecting.url };
    const call = request(`${collecting.url}/inkling/report`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    // It may stop listening before the end.
    call.on('error', () => {});
    for (let part = 0; part < 20; part++) call.write(' '.repeat(1000));
    call.end();
  });
  expect(status).toBe(413);
});

test('other methods are refused, and other paths are the origin’s', async () => {
  const put = await fetch(`${collecting.url}/inkling/report`, { method: 'PUT', body: '{}' });
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
  expect(await (await fetch(`${collecting.url}/inkling/reports`)).text()).toBe('the origin');
});

test('an address that sends too much waits, and no other does', async () => {
  const send = (address: string) =>
    collecting.report(aReport(), { ...at(today + 80), 'test-address': address });
  const statuses = await Promise.all(Array.from({ length: 70 }, () => send('192.0.2.1')));
  expect(statuses.filter((status) => status === 202)).toHaveLength(60);
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  expect(await send('192.0.2.2')).toBe(202);
  expect(JSON.stringify(await collecting.look())).not.toContain('192.0.2');
});

test('a batch that comes again the next day is counted on its first', async () => {
  const report = aReport();
  expect(await collecting.report(report, at(today + 70))).toBe(202);
  const first = await batchesOf(today + 70);
  expect(first).toBe(report.cells.length);
  expect(await collecting.report(report, at(today + 71))).toBe(202);
  expect([await batchesOf(today + 70), await batchesOf(today + 71)]).toEqual([first, 0]);
});

test('the alarm closes a day: nothing more gets into it, and ids older than two days go', async () => {
  const other = await startCollector();
  try {
    const [past, yesterday] = [today - 3, today - 1];
    const toShard = (shard: number, i: number) => ({
      ...aReport(),
      batch: `0000000${shard}${String(i).padStart(24, '0')}`,
    });
    for (let shard = 0; shard < 4; shard++) await other.report(toShard(shard, 1), at(past));
    // Its moment is long past, so that it comes at once.
    await expect
      .poll(
        async () => (await other.look()).map(({ batches, sealed }) => [batches.length, sealed[0]?.day]),
        SOON,
      )
      .toEqual(Array(4).fill([0, yesterday]));
    const before = await countedBy(other, past);
    expect(sumOf(before)).toBeGreaterThan(0);
    for (let shard = 0; shard < 4; shard++) await other.report(toShard(shard, 2), at(past));
    expect(await countedBy(other, past)).toEqual(before);
    expect(sumOf(await countedBy(other, today))).toBeGreaterThan(0);
  } finally {
    await other.dispose();
  }
});

test('who makes names up fills no disk, and what is counted already goes on', async () => {
  const day = today + 30;
  const known = aReport();
  expect(await collecting.report(known, at(day))).toBe(202);
  const same = { ...known, batch: known.batch.slice(0, 8) + 'f'.repeat(24) };
  // All into the shard of the known one.
  let status = 202;
  for (let i = 0; status === 202 && i < 2000; i += 20) {
    const made = Array.from({ length: 20 }, (_, n) => ({
      batch: known.batch.slice(0, 8) + String(i + n).padStart(24, '0'),
      cells: Array.from({ length: 16 }, (_, c) => [
        i + n + 10,
        'grid',
        'holdout',
        `x:v${c}`,
        'night rain',
        1,
        0,
      ]),
    }));
    const answers = await Promise.all(made.map((each) => collecting.post(JSON.stringify(each), at(day))));
    status = Math.max(...answers);
  }
  expect(status).toBe(503);
  expect(await collecting.report(same, at(day))).toBe(202);
  expect((await countedBy(collecting, day)).size).toBeLessThanOrEqual(10_000);
});

test('a day that is not over is told to nobody, and one that is over only to whoever has the secret', async () => {
  const day = today + 500;
  // The same ones whatever came before: enough for the sum of every slot.
  const reports = Array.from({ length: 600 }, (_, i) => reportOf(9_000_000 + i));
  for (let i = 0; i < reports.length; i += 50) {
    await Promise.all(reports.slice(i, i + 50).map((report) => collecting.report(report, at(day))));
  }
  const name = nameOf(day);
  expect((await collecting.release(name, noonOf(day))).status).toBe(404);
  const wrong = await collecting.release(name, noonOf(day + 1), 'the secret of the testz');
  expect([wrong.status, await wrong.text()]).toEqual([401, '']);
  expect((await fetch(`${collecting.url}/inkling/report?day=${name}`)).status).toBe(401);
  expect((await collecting.release('yesterday', noonOf(day + 1))).status).toBe(400);

  const counted = await countedBy(collecting, day);
  const asked = await Promise.all([1, 2, 3].map(() => collecting.release(name, noonOf(day + 1))));
  const [told, ...again] = await Promise.all(asked.map((response) => response.json()));
  expect(told.cells.length).toBeGreaterThan(5);
  expect(asked[0]?.headers.get('cache-control')).toBe('private, no-store');
  for (const { noise, ...row } of told.cells) {
    expect(noise).toEqual({ mechanism: 'discrete-laplace', epsilon: 0.5, sensitivity: 32 });
    const { version, slot, arm, variation, moment } = row;
    expect(counted.get(JSON.stringify([version, slot, arm, variation, moment]))?.[0]).toBeGreaterThanOrEqual(
      50,
    );
  }
  // Not the true numbers; and the same ones whoever asks, at once or a month later.
  expect(
    told.cells.some((row: Record<string, unknown>) => row.exposures !== counted.get(cellOf(row))?.[1]),
  ).toBe(true);
  for (const other of again) expect(other).toEqual(told);
  expect(await (await collecting.release(name, noonOf(day + 31))).json()).toEqual(told);
  // What it was made of is gone.
  await expect.poll(async () => (await countedBy(collecting, day)).size, SOON).toBe(0);
});

const cellOf = ({ version, slot, arm, variation, moment }: Record<string, unknown>) =>
  JSON.stringify([version, slot, arm, variation, moment]);

test('a day that nobody asked for in a month is told no more', async () => {
  expect((await collecting.release(nameOf(today + 20), noonOf(today + 51))).status).toBe(404);
});

const impression = {
  version: 7,
  slot: 'grid',
  moment: 'night rain',
  hour: '2026-11-20T14:00:00Z',
  candidates: ['a', 'b'],
  items: ['b'],
  propensities: [0.75],
  rewards: [1],
};

test('impressions go to the site’s own sink and nowhere else', async () => {
  const before = JSON.stringify(await collecting.look());
  const post = (body: object) => collecting.post(JSON.stringify(body), at(today + 10), '/inkling/impression');
  expect(await post(impression)).toBe(202);
  expect(await post({ ...impression, visitor: 'me' })).toBe(400);
  expect(await post({ ...impression, propensities: [1.5] })).toBe(400);
  expect(await post({ ...impression, items: ['b', 'a'] })).toBe(400);
  const heard = async () => (await fetch(`${collecting.url}/taken`)).json();
  const { said } = await heard();
  expect(await post({ ...impression, slot: 'broken' })).toBe(503);
  expect(await heard()).toEqual({ taken: [impression], said: [...said, 'edge_collector'] });
  expect(JSON.stringify(await collecting.look())).toBe(before);
});
