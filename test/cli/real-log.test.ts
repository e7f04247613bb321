import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildDataset,
  crossFitted,
  crossFittedFrom,
  type Example,
  type LogEntry,
  mappingSchema,
  openLog,
  readLog,
  streamExamples,
} from '@inkling/cli';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { expect, test } from 'vitest';
import { readTrivago } from '../bench/trivago/read-trivago.ts';

const DATA = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FILE = join(DATA, 'trivago/interactions.csv.gz');
const bench = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../bench/trivago', name), 'utf8'));
const mapping = mappingSchema.parse(bench('mapping.json'));
const spec = featureSpecSchema.parse(bench('features.json'));
const skip = existsSync(FILE) ? false : `${FILE} is absent`;

test.skipIf(skip)(
  `real lists mean the same through a mapping as to a reader of their own${skip ? `: ${skip}` : ''}`,
  async () => {
    const { log } = await readTrivago(FILE);
    const read = await readLog(FILE, mapping);
    // Four actions name an item that is literally unknown.
    const known = read.filter((entry) => entry.kind === 'list' || entry.item !== 'unknown');
    expect(read.length - known.length).toBe(4);
    const plain = (entry: LogEntry) =>
      entry.kind === 'event'
        ? entry
        : { ...entry, id: '', items: entry.items.map(({ id, price }) => ({ id, price })) };
    expect(known.map(plain)).toEqual(log.map(plain));
  },
);

test.skipIf(skip)('visitor by visitor from disk, every list has the bits it has in memory', async () => {
  const log = await readLog(FILE, mapping);
  const others = crossFitted(log);
  const { examples } = buildDataset(log, spec, ({ id }, list) => others(id, list));
  const expected = new Map(examples.map((example) => [example.list.id, example]));
  const opened = await openLog(FILE, mapping);
  try {
    const different: Example[] = [];
    let lists = 0;
    for await (const example of streamExamples(opened, spec, await crossFittedFrom(opened))) {
      const { features } = expected.get(example.list.id) as Example;
      if (Buffer.compare(Buffer.from(features.buffer), Buffer.from(example.features.buffer)))
        different.push(example);
      lists++;
    }
    expect(lists).toBe(examples.length);
    expect(different.map(({ list }) => list.id)).toEqual([]);
  } finally {
    await opened.close();
  }
});
