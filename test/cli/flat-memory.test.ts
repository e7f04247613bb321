import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Mapping } from '@inkling/cli';
import { type FeatureSpec, prng } from '@inkling/core';
import { expect, test } from 'vitest';

const words = { group: 'g', sentence: 'Because.' };
const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [
    { kind: 'number', source: 'item:price', ...words },
    { kind: 'number', source: 'recent:views', ...words },
    { kind: 'one-hot', source: 'device.form', values: ['phone', 'desktop'], ...words },
  ],
  phrases: {},
};
const mapping: Mapping = {
  ...{ format: 1, rows: 'lists', visitor: 'who', item: 'shown', chosen: 'chosen' },
  time: { column: 'at', unit: 's' },
  context: { 'device.form': 'form' },
  features: { price: 'prices' },
};

/** What training on a log and measuring held at most, in bytes. @param lists of as many visitors */
async function peakOf(lists: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-flat-'));
  try {
    const random = prng('flat', 'log');
    const rows = ['who,shown,chosen,at,prices,form'];
    for (let list = 0; list < lists; list++) {
      const items = [0, 1, 2].map((place) => `i${(random() % 50) + 50 * place}`);
      const prices = items.map(() => random() % 100);
      const form = random() % 2 ? 'phone' : 'desktop';
      const chosen = items[random() % 3];
      rows.push(
        `visitor-${random()}-${list},${items.join('|')},${chosen},${list},${prices.join('|')},${form}`,
      );
    }
    writeFileSync(join(folder, 'log.csv'), rows.join('\n'));
    writeFileSync(join(folder, 'mapping.json'), JSON.stringify(mapping));
    writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
    const script = join(import.meta.dirname, 'peak-of-a-log.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--conditions=@inkling/source',
      // Otherwise V8 lets garbage lie until there is as much as in a long run.
      '--max-semi-space-size=4',
      '--max-old-space-size=100',
      script,
      folder,
    ]);
    return Number(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// What is held in any case is filled by a longer log only: tables of DuckDB, groups of visitors, pools of lists.
test('a log eight times as large takes little more memory', async () => {
  const [small, large] = [await peakOf(8000), await peakOf(64_000)];
  expect(large / small).toBeLessThan(1.5);
}, 60_000);
