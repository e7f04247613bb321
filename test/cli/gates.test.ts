import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Evaluation,
  loadScorer,
  type PackCommand,
  runEvaluate,
  runPack,
  runSkew,
  runTrain,
} from '@inkling/cli';
import {
  createContext,
  type DecisionRecord,
  decide,
  type Item,
  type Pack,
  prng,
  recordOf,
  type SlotSpec,
} from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { afterAll, beforeAll, expect, test } from 'vitest';

const KINDS = ['rain', 'sun', 'snow'];
const items: readonly Item[] = Array.from({ length: 9 }, (_, index) => ({
  id: `i${index}`,
  tags: [KINDS[index % 3] as string, ...(index === 8 ? ['health'] : [])],
}));
const words = { group: 'weather', sentence: 'It suits the weather.' };
const spec = {
  format: 2,
  groups: [{ id: 'weather', sentence: 'It suits the weather.' }],
  features: [
    { kind: 'cross', sources: ['weather.condition', 'item:tags'], values: [KINDS, KINDS], ...words },
  ],
  phrases: { 'weather.condition': {}, tags: {} },
};
const mapping = {
  ...{ format: 1, list: 'list', visitor: 'visitor', item: 'item', label: 'chosen' },
  time: { column: 'at', unit: 'ms' },
  context: { 'weather.condition': 'weather', 'device.form': 'device' },
  features: {},
};

let folder: string;
const file = (name: string) => join(folder, name);
const write = (name: string, value: unknown) => writeFileSync(file(name), JSON.stringify(value));
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-gates-'));
  write('catalog.json', items);
  write('spec.json', spec);
  write('mapping.json', mapping);
  write('slots.json', []);
  write('card.json', { summary: 'Suits the weather.', data: 'Drawn.' });
  write('settings.json', { sensitive: ['health'] });
  writeFileSync(file('log.ndjson'), draw('log', 300));
  writeFileSync(file('test.ndjson'), draw('test', 1100));
  const training = { ...log('log.ndjson'), epochs: 8, seed: 'gates' };
  await runTrain({ ...training, sensitive: ['health'], out: file('model') });
});
afterAll(() => rmSync(folder, { recursive: true }));

const log = (impressions: string) => ({
  impressions: file(impressions),
  mapping: file('mapping.json'),
  spec: file('spec.json'),
  catalog: file('catalog.json'),
});
const evaluate = (impressions: string, out: string) =>
  runEvaluate({
    ...log(impressions),
    model: file('model/ranker.onnx'),
    popularity: file('model/popularity.json'),
    training: file('log.ndjson'),
    group: ['device.form'],
    out: file(out),
  });
const pack = (options: Partial<PackCommand>) =>
  runPack({
    ...{ id: 'shop', version: 1, out: file('pack') },
    ...{ catalog: file('catalog.json'), spec: file('spec.json'), slots: file('slots.json') },
    ...{ card: file('card.json'), model: file('model/ranker.onnx'), metrics: file('model/metrics.json') },
    now: () => new Date('2026-06-01T00:00:00Z'),
    ...options,
  });
const card = () => (JSON.parse(readFileSync(file('pack/pack.json'), 'utf8')) as Pack).modelCard;

test('from a log to a pack that passed: the test figures are of the model that validation chose', async () => {
  const metrics = JSON.parse(readFileSync(file('model/metrics.json'), 'utf8'));
  expect(metrics.chosen.validation).toBe(metrics.cases.ranker.mrr.value);
  const evaluation = await evaluate('test.ndjson', 'evaluation.json');
  expect(evaluation).toMatchObject({ lists: 1100, visitors: 550, sharedLists: 0 });
  expect(evaluation.model?.sha256).toBe(metrics.chosen.sha256);
  expect(evaluation.calibration).toMatchObject({ refused: expect.stringMatching(/utility/) });
  expect(evaluation.lifts['item-knn']?.mrr.difference.low).toBeGreaterThan(0);
  expect(JSON.parse(readFileSync(file('evaluation.json'), 'utf8'))).toEqual(evaluation);

  await pack({ evaluation: file('evaluation.json'), settings: file('settings.json') });
  expect(card()).toMatchObject({
    metrics: { 'mrr.ranker': evaluation.cases.ranker.mrr.value },
    evaluation: 'passed',
  });
});

test('without figures of test lists: refused, nothing written, unless somebody accepts the risk', async () => {
  const out = file('unmeasured');
  await expect(pack({ out })).rejects.toThrow(
    /ranker\.onnx: expected a ranker that passes every gate, or --accept-risk "why", found no evaluation/,
  );
  expect(existsSync(out)).toBe(false);
  await pack({ acceptRisk: 'A week of trial.' });
  expect(card()).toMatchObject({
    evaluation: 'refused',
    acceptedRisk: {
      why: 'A week of trial.',
      failures: ['no evaluation on test lists (--evaluation)'],
    },
  });
});

test('the training lists are no test', async () => {
  const evaluation = await evaluate('log.ndjson', 'training.json');
  expect(evaluation.sharedLists).toBe(300);
  await expect(pack({ evaluation: file('training.json') })).rejects.toThrow(
    '300 test lists, fewer than 1000; 300 test lists stand in the training log',
  );
  write('gates.json', { minLists: 300, colour: 'red' });
  await expect(pack({ gates: file('gates.json') })).rejects.toThrow(
    /gates\.json: expected no property colour/,
  );
});

test('visitors who return are ranked with what they did in the training log', async () => {
  // Two lists each in the training log, and one more later.
  const returning = draw('return', 300, { visitors: 'log' }).split('\n');
  writeFileSync(file('return.ndjson'), returning.filter((_, row) => row % 16 < 8).join('\n'));
  const model = { ...log('return.ndjson'), model: file('model/ranker.onnx') };
  const strangers = await runEvaluate(model);
  const known = await runEvaluate({ ...model, training: file('log.ndjson') });
  const lastSeen = ({ cases }: Evaluation) => cases['last-seen'].mrr.value;
  expect(known.lists).toBe(strangers.lists);
  // Without a history nothing was seen last.
  expect(lastSeen(strangers)).toBe(strangers.cases.displayed.mrr.value);
  expect(lastSeen(known)).not.toBe(lastSeen(strangers));
});

test('a group that is served worse stops the pack', async () => {
  // On phones the test's visitors choose what does not suit the weather.
  writeFileSync(file('harm.ndjson'), draw('harm', 1100, { harm: true }));
  await evaluate('harm.ndjson', 'harm.json');
  await expect(pack({ evaluation: file('harm.json') })).rejects.toThrow(
    /found device\.form phone is served \d\d\.\d% worse than the rest \(p .+\)$/,
  );
  write('lenient.json', { maxShortfall: 0.9 });
  await pack({ evaluation: file('harm.json'), gates: file('lenient.json') });
  expect(card().evaluation).toBe('passed');
});

test('a tag that the pack hides must have been left out of the training', async () => {
  write('faith.json', { sensitive: ['health', 'faith'] });
  await expect(pack({ evaluation: file('evaluation.json'), settings: file('faith.json') })).rejects.toThrow(
    /found sensitive tags were not left out of the training: faith \(inkling train/,
  );
});

test('decisions of the pack are made again from their records, and what has changed since is named', async () => {
  await pack({ acceptRisk: 'To decide with.' });
  const { spec: shipped } = JSON.parse(readFileSync(file('pack/pack.json'), 'utf8')) as Pack;
  const scorer = await loadScorer('ranker.onnx', readFileSync(file('model/ranker.onnx')), shipped);
  const slot: SlotSpec = {
    ...{ id: 'grid', kind: 'order', decide: 'client', policy: { type: 'epsilon', epsilon: 0.5 }, rules: [] },
  };
  const records = KINDS.map((weather, index) =>
    recordOf(
      decide({
        slot,
        candidates: items.map((item) => ({ item, source: 'authored' })),
        authored: items.map(({ id }) => id),
        context: createContext({ weather: { condition: weather as 'rain' } }),
        profile: undefined,
        encoder: createFullEncoder(shipped),
        scorer,
        arm: 'personalized',
        shown: new Set(),
        seed: `${index}`,
        now: 1000 * index,
      }),
    ),
  );
  const keep = (...kept: readonly unknown[]) =>
    writeFileSync(file('records.ndjson'), kept.map((record) => `${JSON.stringify(record)}\n`).join('\n'));
  const skew = () => runSkew({ records: file('records.ndjson'), pack: file('pack') });
  keep(...records);
  expect(await skew()).toEqual({
    ...{ format: 1, records: 3, differing: [], features: [], slates: { differing: 0 } },
    scores: { records: 3, differing: 0, largest: 0, failed: 0 },
  });

  const [rain, sun, snow] = structuredClone(records) as [DecisionRecord, DecisionRecord, DecisionRecord];
  const stale = rain.inputs.candidates.map(({ item, source }) => ({
    item: item.id === 'i0' ? { ...item, tags: ['sun'] } : item,
    source,
  }));
  const rescored = sun.ranked?.map((score) => score + 0.5) ?? [];
  keep({ ...rain, inputs: { ...rain.inputs, candidates: stale } }, { ...sun, ranked: rescored }, snow);
  const found = await skew();
  // The item was taken for sun gear when it was shown; the pack says rain gear. It was raining.
  expect(found.features.map(({ name, values }) => [name, values])).toEqual([
    ['weather.condition=rain×item:tags=rain', 1],
    ['weather.condition=rain×item:tags=sun', 1],
  ]);
  expect(found.differing).toEqual([0, 1]);
  expect(found.scores.largest).toBeGreaterThanOrEqual(0.5);
  expect(found.scores.differing).toBe(2);
  expect(found.slates.differing).toBe(1);

  keep({ slate: {} });
  await expect(skew()).rejects.toThrow(/records\.ndjson: line 1: inputs: expected object, found nothing/);
  writeFileSync(file('records.ndjson'), '');
  await expect(skew()).rejects.toThrow(/records\.ndjson: expected at least one record, found none/);
  const ghost = runSkew({ records: file('ghost.ndjson'), pack: file('pack') });
  await expect(ghost).rejects.toThrow(/ghost\.ndjson: expected a readable file, found no such file/);
});

/** Lists of which visitors choose what suits the weather, in half of the cases. */
function draw(seed: string, lists: number, { harm = false, visitors = seed } = {}): string {
  const random = prng('gates', seed);
  const rows = Array.from({ length: lists }, (_, list) => {
    const weather = KINDS[random() % 3] as string;
    const device = random() % 3 ? 'desktop' : 'phone';
    const start = random() % 8;
    const shown = [...items.slice(start, 8), ...items.slice(0, start)];
    const fits = harm && device === 'phone' ? 'sun' : weather;
    const suits = shown.findIndex(({ tags }) => tags?.includes(fits));
    const chosen = random() % 2 ? suits : random() % shown.length;
    return shown.map(({ id }, index) =>
      JSON.stringify({
        ...{ list: `${seed} ${list}`, visitor: `${visitors} ${list >> 1}`, item: id },
        ...{ chosen: Number(index === chosen), at: seed.length * 1e6 + list * 1000, weather, device },
      }),
    );
  });
  return rows.flat().join('\n');
}
