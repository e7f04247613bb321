import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildDataset,
  evaluateRanker,
  itemNeighbours,
  type Log,
  type Mapping,
  popularity,
  readLog,
  roundsOfSlates,
  runCounterfactual,
  runDrift,
  runEvaluate,
  runTrain,
  valuePolicy,
} from '@inkling/cli';
import { type FeatureSpec, prng, type SlotSpec } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRanker } from '../../packages/cli/src/model/load-scorer.ts';

const mapping: Mapping = {
  ...{ format: 1, list: 'list', visitor: 'who', item: 'item', label: 'chosen', position: 'place' },
  ...{ propensity: 'p', event: 'type', time: { column: 'at', unit: 's' } },
  context: { 'device.form': 'form' },
  features: { price: 'price', tags: 'tags' },
};
const words = { group: 'g', sentence: 'Because.' };
const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [
    { kind: 'number', source: 'item:price', ...words },
    { kind: 'number', source: 'attribute:popularity', ...words },
    { kind: 'number', source: 'recent:clicks', ...words },
    { kind: 'number', source: 'last:rank', ...words },
    { kind: 'number', source: 'history:actions', ...words },
    { kind: 'one-hot', source: 'device.form', values: ['phone', 'desktop'], ...words },
  ],
  phrases: {},
};
const slot: SlotSpec = {
  ...{ id: 'grid', kind: 'order', decide: 'client', rules: [] },
  policy: { type: 'softmax', temperature: 1 },
};

/** Visitors who act often at the same second, in no order of the file; some lists are of nobody, the
 * first ones in the same rows of every log. */
function randomLog(seed: string, from: number): string {
  const random = prng(seed, 'log');
  const lines = ['list,who,item,chosen,at,place,p,type,form,price,tags'];
  for (let entry = 0; entry < 1500; entry++) {
    const who = entry >= 50 && random() % 20 ? `v${random() % 300}` : '';
    const at = from + (random() % 400);
    if (entry >= 50 && random() % 3 === 0) {
      if (who) lines.push(`,${who},i${random() % 30},,${at},,,view,,,`);
      continue;
    }
    const start = random() % 30;
    const form = ['phone', 'desktop', ''][random() % 3];
    const chosen = random() % 7;
    for (let row = 0; row < 5; row++) {
      const item = (start + row * 7) % 30;
      const cells = [`l${entry}`, who, `i${item}`, Number(row === chosen), at, row, 1 / (5 - row), ''];
      lines.push([...cells, form, item * 3 + 1, `t${item % 4}`].join(','));
    }
  }
  return lines.join('\n');
}

let folder: string;
const file = (name: string) => join(folder, name);
const log = { impressions: '', mapping: '', spec: '' };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-streamed-'));
  writeFileSync(file('past.csv'), randomLog('past', 0));
  // A part of the training log stands in the test log, too.
  writeFileSync(file('log.csv'), randomLog('log', 300));
  writeFileSync(file('mapping.json'), JSON.stringify(mapping));
  writeFileSync(file('spec.json'), JSON.stringify(spec));
  writeFileSync(file('slots.json'), JSON.stringify([slot]));
  Object.assign(log, {
    impressions: file('log.csv'),
    mapping: file('mapping.json'),
    spec: file('spec.json'),
  });
  const options = { model: 'linear', loss: 'pointwise', output: 'probability', epochs: 2 } as const;
  await runTrain({ ...log, impressions: file('past.csv'), out: folder, ...options });
});
afterAll(() => rmSync(folder, { recursive: true }));

const inMemory = (name: string) => readLog(file(name), mapping);
const ranker = () => loadRanker('ranker.onnx', readFileSync(file('ranker.onnx')), spec);

test('evaluate walks visitor by visitor and says, to the bit, what the log in memory says in time order', async () => {
  const [shown, past] = [await inMemory('log.csv'), await inMemory('past.csv')];
  const choices = past.flatMap((entry): Log => {
    if (entry.kind === 'event') return [entry];
    const { visitor, at, items, labels } = entry;
    // Nobody of the one file is nobody of the other.
    if (visitor.startsWith('#')) return [];
    const chosen = items.filter((_, row) => labels[row]);
    return chosen.map(({ id }) => ({ kind: 'event', visitor, at, type: 'click', item: id }));
  });
  const whole = [...choices, ...shown].sort((a, b) => a.at - b.at);
  const popular = popularity(past);
  const { examples } = buildDataset(whole, spec, ({ id }) => popular.get(id));
  const groups = ['device.form', 'attribute:brand'];
  const { scorer, output } = await ranker();
  const neighbours = itemNeighbours(past);
  const expected = await evaluateRanker(examples, scorer, {
    popularity: popular,
    neighbours,
    groups,
    output,
  });
  const { model, sharedLists, ...streamed } = await runEvaluate({
    ...{ ...log, model: file('ranker.onnx'), training: file('past.csv') },
    group: groups,
  });
  expect(streamed).toEqual(expected);
  expect(model?.output).toBe('probability');
  const names = new Set(
    past.map((entry) => entry.kind === 'list' && `${entry.id} ${entry.visitor} ${entry.at}`),
  );
  const shared = shown.filter((entry) =>
    names.has(entry.kind === 'list' && `${entry.id} ${entry.visitor} ${entry.at}`),
  );
  expect(sharedLists).toBe(shared.filter(({ kind }) => kind === 'list').length);
  // What makes the order of the visitors matter: lists of one second, and visitors with several groups.
  expect(streamed.lists).toBeGreaterThan(500);
  expect(streamed.visitors).toBeLessThan(streamed.lists / 2);
});

test('counterfactual does, too', async () => {
  const { examples } = buildDataset(await inMemory('log.csv'), spec, () => undefined);
  const expected = valuePolicy(roundsOfSlates(examples, { slot, ...(await ranker()) }, 'log.csv'));
  const files = { slots: file('slots.json'), slot: 'grid', model: file('ranker.onnx') };
  const streamed = await runCounterfactual({ ...log, ...files });
  expect(expected.value).toBeDefined();
  expect(streamed).toEqual(expected);
});

test('drift counts every value of both periods', async () => {
  const { before, after, columns } = await runDrift({
    ...log,
    before: file('past.csv'),
    after: file('log.csv'),
  });
  const datasets = await Promise.all(
    ['past.csv', 'log.csv'].map(async (name) => buildDataset(await inMemory(name), spec, () => undefined)),
  );
  expect([before.items, after.items]).toEqual(
    datasets.map(({ examples, width }) =>
      examples.reduce((sum, { features }) => sum + features.length / width, 0),
    ),
  );
  const valuesOf = (column: number) =>
    datasets.map(({ examples, width }) =>
      examples
        .flatMap(({ features }) => [...features.filter((_, index) => index % width === column)])
        .sort((a, b) => a - b),
    ) as [number[], number[]];
  const [was, is] = valuesOf(0);
  const distance = Math.max(
    ...[...was, ...is].map((value) =>
      Math.abs(
        was.filter((x) => x <= value).length / was.length - is.filter((x) => x <= value).length / is.length,
      ),
    ),
  );
  expect(columns.find(({ name }) => name === 'item:price')?.ks).toBe(distance);
});
