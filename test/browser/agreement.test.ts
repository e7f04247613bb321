import {
  buildPack,
  encodeLogInMemory,
  type Log,
  type LoggedList,
  loadScorer,
  trainRanker,
} from '@inkling/cli';
import { type FeatureSpec1, type Item, prng, type SlotSpec } from '@inkling/core';
import { expect, test } from 'vitest';
import { rankInChromium } from '../bench/trivago/rank-in-chromium.ts';
import { rankInNode } from '../bench/trivago/rank-in-node.ts';

const START = Date.UTC(2026, 5, 1);
const TAGS = ['rain', 'sun', 'coffee', 'snow'];
const words = { group: 'all', sentence: 'It played a part.' };
const spec: FeatureSpec1 = {
  format: 1,
  groups: [{ id: 'all', sentence: 'It played a part.' }],
  features: [
    { kind: 'signal', signal: 'weather.condition', values: ['rain', 'clear'], ...words },
    { kind: 'tags', tags: TAGS, ...words },
    { kind: 'affinity', ...words },
    { kind: 'recent', measure: 'age', ...words },
    { kind: 'history', ...words },
    { kind: 'number', source: 'price', scale: 'log-ratio', ...words },
    { kind: 'number', source: 'position', scale: 'share', ...words },
  ],
  phrases: {},
};
const slot: SlotSpec = {
  id: 'results',
  kind: 'order',
  decide: 'client',
  policy: { type: 'greedy' },
  rules: [],
  diversity: { lambda: 0.7 },
};

test('Node and Chromium order every list alike, decayed tastes, diversity and all', async () => {
  const catalog = items();
  const log = visits(catalog);
  const { model } = await trainRanker(encodeLogInMemory(log, spec), spec, { epochs: 3 });
  const { files } = await buildPack({
    id: 'agreement',
    version: 1,
    catalog,
    spec,
    slots: [slot],
    model: { file: 'ranker.onnx', bytes: model },
    popularity: {},
    modelCard: { summary: 'For one test.', data: 'Drawn for it.', metrics: {} },
    holdout: 0,
    createdAt: new Date(START),
    days: 90,
  });
  const inNode = rankInNode(log, {
    spec,
    slot,
    scorer: await loadScorer('ranker.onnx', model, spec),
    catalog: new Map(catalog.map((item) => [item.id, item])),
  });
  const inChromium = await rankInChromium(log, files);
  expect(inNode).toHaveLength(120);
  for (const { list, order } of inNode) expect(inChromium.get(list.id), list.id).toEqual(order);
  const moved = inNode.filter(({ list, order }) => order.join() !== list.items.map(({ id }) => id).join());
  expect(moved.length).toBeGreaterThan(100);
}, 60_000);

function items(): readonly Item[] {
  const random = prng('agreement', 'items');
  return Array.from({ length: 60 }, (_, index) => ({
    id: `item-${index}`,
    price: 5 + (random() % 20_000) / 100,
    tags: TAGS.filter(() => random() % 3 === 0),
  }));
}

function visits(catalog: readonly Item[]): Log {
  const random = prng('agreement', 'visits');
  const log: Log[number][] = [];
  for (let index = 0; index < 120; index++) {
    const visitor = `v${index % 24}`;
    const at = START + index * 3_600_000 + (random() % 100_000);
    const shown = Array.from({ length: 20 }, (_, i) => catalog[(index * 7 + i * 3) % catalog.length] as Item);
    const list: LoggedList = {
      kind: 'list',
      id: `list-${index}`,
      visitor,
      at,
      context: { weather: { condition: random() % 2 ? 'rain' : 'clear' } },
      items: shown,
      labels: shown.map((_, i) => Number(i === index % 20)),
      propensity: 1,
    };
    log.push(
      { kind: 'event', visitor, at: at - 60_000, type: 'view', item: (shown[random() % 20] as Item).id },
      list,
    );
  }
  return log;
}
