import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  buildDataset,
  crossFitted,
  crossFittedFrom,
  type LogEntry,
  mappingSchema,
  openLog,
  streamExamples,
} from '@inkling/cli';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTrivago } from '../bench/trivago/read-trivago.ts';

const DATA = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
const SOURCE = join(DATA, 'trivago/interactions.csv.gz');
const bench = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../bench/trivago', name), 'utf8'));
const mapping = mappingSchema.parse(bench('mapping.json'));
const spec = featureSpecSchema.parse(bench('features.json'));
const skip = existsSync(SOURCE) ? false : `${SOURCE} is absent`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-real-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(skip)(
  `real lists mean the same through a mapping as to a reader of their own, and on disk as in memory${skip ? `: ${skip}` : ''}`,
  async () => {
    // A fifth of the log: some 1,400 lists.
    const file = join(folder, 'log.csv');
    writeFileSync(file, gunzipSync(readFileSync(SOURCE)).toString().split('\n').slice(0, 10_001).join('\n'));
    const own = (await readTrivago(file)).log;
    const opened = await openLog(file, mapping);
    try {
      const log: LogEntry[] = [];
      for await (const entry of opened.entries('time')) log.push(entry);
      // A few actions name an item that is literally unknown.
      const known = log.filter((entry) => entry.kind === 'list' || entry.item !== 'unknown');
      expect(log.length - known.length).toBeLessThan(5);
      expect(known.map(textOf).join('\n') === own.map(textOf).join('\n')).toBe(true);

      const others = crossFitted(log);
      const { examples } = buildDataset(log, spec, ({ id }, list) => others(id, list));
      const expected = new Map(examples.map(({ list, features }) => [list.id, features]));
      let same = 0;
      for await (const { list, features } of streamExamples(opened, spec, {
        popularityOf: await crossFittedFrom(opened, spec),
      })) {
        const inMemory = expected.get(list.id) as Float32Array;
        same += Number(Buffer.compare(Buffer.from(features.buffer), Buffer.from(inMemory.buffer)) === 0);
      }
      expect(examples.length).toBeGreaterThan(1000);
      expect([same, expected.size]).toEqual([examples.length, examples.length]);
    } finally {
      await opened.close();
    }
  },
);

function textOf(entry: LogEntry): string {
  if (entry.kind === 'event') return [entry.visitor, entry.at, entry.type, entry.item].join();
  const { visitor, at, context, items, labels, propensity } = entry;
  // What the bench's reader works out of earlier rows stands in no column.
  const { custom: _, ...stated } = context;
  return JSON.stringify([visitor, at, stated, items.map(({ id, price }) => [id, price]), labels, propensity]);
}
