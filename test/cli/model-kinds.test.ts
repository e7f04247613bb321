import { webcrypto } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runEvaluate, runKeys, runPack, runTrain, runVerify } from '@inkling/cli';
import { createConsent } from '@inkling/consent';
import { createContext, createGate, decide, type Item, prng, type SlotSpec } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPack } from '../../packages/client/src/load-pack.ts';

const KINDS = ['rain', 'sun', 'snow'];
const items: readonly Item[] = Array.from({ length: 9 }, (_, index) => ({
  id: `i${index}`,
  tags: [KINDS[index % 3] as string],
}));
const words = { group: 'g', sentence: 'It suits the weather.' };
const specOf = (...more: readonly object[]) => ({
  format: 2,
  groups: [{ id: 'g', sentence: 'It suits the weather.' }],
  features: [
    { kind: 'cross', sources: ['weather.condition', 'item:tags'], values: [KINDS, KINDS], ...words },
    ...more,
  ],
  phrases: { 'weather.condition': {}, tags: {} },
});
const ids = {
  kind: 'embedding',
  source: 'item:id',
  vocabulary: items.map(({ id }) => id),
  input: 'ids',
  ...words,
};
const weather = {
  kind: 'embedding',
  source: 'weather.condition',
  vocabulary: KINDS,
  input: 'weather',
  ...words,
};
const slot: SlotSpec = {
  ...{ id: 'grid', kind: 'order', decide: 'client', rules: [] },
  // Only of probabilities.
  policy: { type: 'squarecb', gamma: 500 },
};
const NOW = Date.UTC(2026, 5, 1);

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-kinds-'));
  const files = {
    'catalog.json': items,
    'slots.json': [slot],
    'best-first.json': [{ ...slot, policy: { type: 'greedy' } }],
    'card.json': { summary: 'Suits the weather.', data: 'Drawn.' },
    'dense.json': specOf(),
    'ids.json': specOf(ids),
    'moment.json': { ...specOf(), features: [ids, weather] },
    'mapping.json': {
      ...{ format: 1, rows: 'lists', visitor: 'visitor', item: 'shown', chosen: 'chosen' },
      ...{ time: { column: 'at', unit: 's' }, context: { 'weather.condition': 'weather' }, features: {} },
    },
  };
  for (const [name, value] of Object.entries(files)) writeFileSync(file(name), JSON.stringify(value));
  writeFileSync(file('log.csv'), draw('log', 400));
  writeFileSync(file('test.csv'), draw('test', 1100));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Half of the visitors choose what suits the weather. */
function draw(seed: string, lists: number): string {
  const random = prng('kinds', seed);
  const rows = Array.from({ length: lists }, (_, list) => {
    const weather = KINDS[random() % 3] as string;
    const start = random() % 9;
    const shown = [...items.slice(start), ...items.slice(0, start)];
    const chosen = random() % 2 ? shown.find(({ tags }) => tags?.includes(weather)) : shown[random() % 9];
    return [`${seed}${list >> 1}`, shown.map(({ id }) => id).join('|'), chosen?.id, list, weather].join(',');
  });
  return ['visitor,shown,chosen,at,weather', ...rows].join('\n');
}

/** The files of a folder, as a site serves them. */
const serve: typeof fetch = async (input) =>
  new Response(readFileSync(new URL(String(input)).pathname.replace('/site', folder)));

test.each([
  ['linear', 'dense'],
  ['mlp', 'dense'],
  ['fm', 'ids'],
  ['deepfm', 'ids'],
  ['trees', 'dense'],
  ['counts', 'moment'],
] as const)(
  '%s: trained, measured, let through the gate, signed, verified and decided with',
  async (model, spec) => {
    const out = file(model);
    const isCounted = model === 'counts';
    const log = { mapping: file('mapping.json'), spec: file(`${spec}.json`), catalog: file('catalog.json') };
    const of = (name: string) => join(out, name);
    const training = { ...log, impressions: file('log.csv'), out, model, seed: model };
    // Of so few lists there are too few steps otherwise.
    const batch = model !== 'trees' && { batch: 16 };
    await runTrain({
      ...training,
      ...(!isCounted && { epochs: 100, ...batch, loss: 'pointwise', output: 'probability' }),
    });
    const measured = {
      ...{ ...log, impressions: file('test.csv'), training: file('log.csv') },
      ...{ model: of('ranker.onnx'), popularity: of('popularity.json') },
    };
    const evaluation = await runEvaluate({ ...measured, out: of('evaluation.json') });
    // The scores are what they say that they are.
    const output = isCounted ? 'utility' : 'probability';
    expect(evaluation.model?.output).toBe(output);
    if (!isCounted) {
      expect(evaluation.calibration).toMatchObject({ of: 'probability' });
      expect(
        evaluation.calibration && 'ece' in evaluation.calibration && evaluation.calibration.ece,
      ).toBeLessThan(0.05);
    }

    const { key } = await runKeys({ out: of('key.pem') });
    const slots = file(isCounted ? 'best-first.json' : 'slots.json');
    await runPack({
      ...{ id: 'shop', version: 1, out: of('pack'), slots, card: file('card.json') },
      ...{ catalog: log.catalog, spec: log.spec, model: of('ranker.onnx'), metrics: of('metrics.json') },
      ...{ evaluation: of('evaluation.json'), key: of('key.pem'), now: () => new Date(NOW) },
    });
    const verified = await runVerify({ source: of('pack'), key: [key], now: () => new Date(NOW) });
    expect(verified.modelCard.evaluation).toBe('passed');

    // What the script in the page does.
    const { means, pack, catalog } = await loadPack({
      ...{ url: new URL(`https://shop.example/site/${model}/pack/pack.json`), fetch: serve },
      ...{ subtle: webcrypto.subtle as SubtleCrypto, now: () => NOW, keys: [key] },
      gate: createGate({
        consent: createConsent({ storage: undefined, now: () => NOW }),
        report: expect.fail,
      }),
    });
    expect(means.output).toBe(output);
    for (const weather of KINDS) {
      const { slate } = decide({
        ...{ ...means, slot: pack.slots[0] as SlotSpec, arm: 'personalized', shown: new Set() },
        candidates: catalog.map((item) => ({ item, source: 'authored' })),
        authored: catalog.map(({ id }) => id),
        context: createContext({ weather: { condition: weather as 'rain' } }),
        profile: undefined,
        ...{ seed: weather, now: NOW },
      });
      expect(slate.source).toBe('ranker');
      const best = [...slate.items].sort((a, b) => b.score - a.score).slice(0, 3);
      expect(new Set(best.map(({ id }) => items.find((item) => item.id === id)?.tags?.[0]))).toEqual(
        new Set([weather]),
      );
      if (!isCounted) expect(best.every(({ score }) => score > 0 && score < 1)).toBe(true);
    }
  },
);

test.each([
  ['logit', 'pointwise', { of: 'sigmoid of logit' }],
  ['utility', 'listwise', { refused: expect.stringMatching(/utility/) }],
] as const)('of trees that give a %s: probabilities, or none at all', async (output, loss, calibration) => {
  const out = file(output);
  const log = { impressions: file('log.csv'), mapping: file('mapping.json'), spec: file('dense.json') };
  const files = { ...log, catalog: file('catalog.json') };
  await runTrain({ ...files, out, model: 'trees', epochs: 3, loss, output });
  const evaluation = await runEvaluate({
    ...files,
    impressions: file('test.csv'),
    model: join(out, 'ranker.onnx'),
  });
  expect(evaluation.calibration).toMatchObject(calibration);
});
