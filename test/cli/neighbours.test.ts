import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NeighboursCommand, runNeighbours } from '@inkling/cli';
import { decodeNeighbours, encodeNeighbours, prng } from '@inkling/core';
import { neighbourEdgesSchema } from '@inkling/core/pack-schema';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
let options: Omit<NeighboursCommand, 'out'>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-neighbours-'));
  const random = prng('neighbours', 'log');
  const rows = Array.from({ length: 4000 }, (_, i) => {
    const visit = i >> 2;
    return `v${visit},item-${(visit % 40) * 5 + (random() % 5)},${i}`;
  });
  writeFileSync(join(folder, 'log.csv'), ['visit,item,at', ...rows].join('\n'));
  const mapping = { format: 1, session: 'visit', item: 'item', time: { column: 'at', unit: 's' } };
  writeFileSync(join(folder, 'mapping.json'), JSON.stringify(mapping));
  options = { events: join(folder, 'log.csv'), mapping: join(folder, 'mapping.json') };
});
afterAll(() => rmSync(folder, { recursive: true }));

test('edges that inkling pack takes, as many as fit, and what sizes buy', async () => {
  const out = join(folder, 'neighbours.json');
  const report = await runNeighbours({ ...options, out, maxBytes: 400 });
  const edges = neighbourEdgesSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
  expect(edges.viewed).toHaveLength(report.edges);
  expect(report.bytes).toBeLessThanOrEqual(400);
  expect(report.sessions).toBe(1000);
  expect(report.items).toBe(200);
  // Visits stay within five items.
  const group = (id: string) => Math.floor(Number(id.slice(5)) / 5);
  expect(edges.viewed?.every(([a, b]) => group(a) === group(b))).toBe(true);
  expect(report.curve.map(({ bytes }) => bytes <= 400)).toEqual([true, true, true, true]);
  expect(report.curve.at(-1)?.metrics.hr).toBeGreaterThan(report.curve[0]?.metrics.hr ?? 1);
});

test('only items of the catalog; or the file itself, beside the ids that it counts', async () => {
  const ids = Array.from({ length: 150 }, (_, i) => `item-${i}`);
  const catalog = join(folder, 'catalog.json');
  writeFileSync(catalog, JSON.stringify(ids.map((id) => ({ id }))));
  const out = join(folder, 'neighbours.bin');
  const report = await runNeighbours({ ...options, catalog, out });
  const order: string[] = JSON.parse(readFileSync(join(folder, 'neighbours.ids.json'), 'utf8'));
  expect([...order].sort()).toEqual([...ids].sort());
  const [table] = decodeNeighbours(readFileSync(out), 150);
  expect(table?.items.length).toBe(2 * report.edges);
  await runNeighbours({ ...options, catalog, out: join(folder, 'same.json') });
  const edges = JSON.parse(readFileSync(join(folder, 'same.json'), 'utf8'));
  const again = encodeNeighbours({ catalog: order.map((id) => ({ id })), edges });
  expect(Buffer.from(again)).toEqual(readFileSync(out));
});

test.each<[string, Partial<NeighboursCommand>, RegExp]>([
  ['a name of another kind', { out: 'neighbours.txt' }, /expected a name ending in \.json or \.bin/],
  ['too few bytes', { maxBytes: 1 }, /expected sessions with two items, and room for them in 1 bytes/],
  ['a log that is not there', { events: 'ghost.csv' }, /expected a readable file, found no such file/],
])('%s is refused and nothing is written', async (_, change, message) => {
  const out = join(folder, 'refused', 'neighbours.json');
  await expect(runNeighbours({ ...options, out, ...change })).rejects.toThrow(message);
  expect(existsSync(join(folder, 'refused'))).toBe(false);
  expect(readdirSync(folder).some((name) => name.endsWith('.tmp'))).toBe(false);
});
