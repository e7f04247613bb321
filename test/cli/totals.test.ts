import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCounterfactual, runDrift, runEvaluate, runPack, runReport, runTrain } from '@inkling/cli';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluationTable } from '../../packages/cli/src/commands/evaluation-table.ts';

const words = { group: 'g', sentence: 'Because.' };
const FILES = {
  'mapping.json': {
    ...{ format: 1, rows: 'totals', item: 'item', shown: 'shown', chosen: 'chosen' },
    ...{ context: { 'weather.condition': 'sky' }, features: {} },
  },
  'spec.json': {
    ...{ format: 2, groups: [{ id: 'g', sentence: 'Because.' }], phrases: {} },
    features: [
      { kind: 'one-hot', source: 'weather.condition', values: ['rain', 'clear'], ...words },
      { kind: 'number', source: 'attribute:popularity', ...words },
    ],
  },
  'catalog.json': ['a', 'b', 'c'].map((id) => ({ id })),
  'card.json': { summary: 'Of totals.', data: 'Counts.' },
  'slots.json': [],
};
const SKIES = ['rain', 'clear', 'snow', 'fog', 'wind', 'storm', 'clouds', 'drizzle', 'hail', 'heat'];

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-totals-'));
  for (const [name, value] of Object.entries(FILES)) writeFileSync(file(name), JSON.stringify(value));
  const rows = SKIES.flatMap((sky, i) =>
    ['a', 'b', 'c'].map((item, j) => `${sky},${item},100,${10 * j + i}`),
  );
  writeFileSync(file('totals.csv'), ['sky,item,shown,chosen', ...rows].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const log = () => ({
  impressions: file('totals.csv'),
  mapping: file('mapping.json'),
  spec: file('spec.json'),
});

test('a ranker is fitted to totals, and no figure of theirs is given out as one of visits', async () => {
  const heard: number[] = [];
  const metrics = await runTrain({
    ...{ ...log(), out: folder, model: 'linear', epochs: 3, validation: 0.4 },
    onEpoch: ({ mrr }) => heard.push(mrr),
  });
  expect(metrics).toMatchObject({ lists: 0, visitors: 0, cases: {}, lifts: {}, groups: [] });
  expect(metrics.training.validation?.loss).toBeGreaterThan(0);
  // Of shares there is no first choice.
  expect(metrics.training.validation).not.toHaveProperty('mrr');
  expect(heard).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(evaluationTable(metrics)).toBe(
    'no figures: totals know no single list and no visitor: measure on lists (`inkling evaluate`)',
  );
  const pack = {
    ...{ id: 'shop', version: 1, out: file('pack'), acceptRisk: 'Counted only.', now: () => new Date(0) },
    ...{ catalog: file('catalog.json'), spec: file('spec.json'), slots: file('slots.json') },
    ...{ card: file('card.json'), model: file('ranker.onnx'), metrics: file('metrics.json') },
  };
  await runPack(pack);
  const { modelCard } = JSON.parse(readFileSync(file('pack/pack.json'), 'utf8'));
  expect(modelCard).toMatchObject({ metrics: {}, evaluation: 'refused' });
});

test('what would measure on totals refuses them', async () => {
  const message = /mapping\.json: rows: expected "items" or "lists": a log of single lists, found "totals"/;
  const measured = { ...log(), model: file('ranker.onnx') };
  await expect(runEvaluate(measured)).rejects.toThrow(message);
  const report = { ...measured, out: file('report.html'), now: () => new Date(0) };
  await expect(runReport(report)).rejects.toThrow(message);
  const { impressions } = log();
  await expect(runDrift({ ...log(), before: impressions, after: impressions })).rejects.toThrow(message);
  await expect(runCounterfactual({ ...log(), target: impressions })).rejects.toThrow(message);
});
