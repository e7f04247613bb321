import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeatureSpec, Pack } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildModel, float32 } from '../onnx/model-builder.ts';
import { openShop, SHOP_FOLDER, type Shop, settled } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ cf: { timezone: 'Europe/Oslo' } });
});
afterAll(() => shop.close());

const shopPack = (): Pack => JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));

/** A ranker that only looks at prices, with an operator of the given name behind it. */
function priceRanker({ spec, fingerprint }: Pack, operator: string): Uint8Array {
  const { width, featureOf } = createFullEncoder(spec);
  const price = spec.features.findIndex(
    (feature) => feature.kind === 'number' && feature.source === 'item:price',
  );
  const weights = featureOf.map((feature, column) =>
    Number(column === featureOf.indexOf(price) && feature === price),
  );
  return buildModel({
    inputs: [{ name: 'features', type: 'float32', dims: ['N', width] }],
    initializers: { w: float32([width, 1], weights) },
    nodes: [
      { op: 'MatMul', inputs: ['features', 'w'], outputs: ['dear'] },
      { op: operator, inputs: ['dear'], outputs: ['score'] },
    ],
    outputs: [{ name: 'score' }],
    metadata: { 'inkling.spec': fingerprint },
  });
}

function withModel(pack: Pack, model: Uint8Array): Pack {
  const assets = pack.assets.map((asset) =>
    asset.role === 'model'
      ? {
          ...asset,
          sha256: createHash('sha256').update(model).digest('hex'),
          inline: Buffer.from(model).toString('base64'),
        }
      : asset,
  );
  return { ...pack, assets };
}

test.each([
  ['Relu', 'eager', false],
  ['Softplus', 'lazily loaded whole', true],
])('a model with %s runs on the %s engine', async (operator, _, loadsEngine) => {
  const { page, context, complaints } = await shop.visit();
  const pack = shopPack();
  const model = priceRanker(pack, operator);
  await page.route('**/inkling/pack.json', (route) => route.fulfill({ json: withModel(pack, model) }));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(shop.url);
  await settled(page);
  const slate = await page.evaluate(() =>
    window.inkling?.rank('grid', { items: [{ id: 'kettle' }, { id: 'sofa' }] }),
  );
  expect(slate?.source).toBe('ranker');
  expect(asked.some((path) => /^\/engine-\w+\.js$/.test(path))).toBe(loadsEngine);
  expect(asked.filter((path) => /^\/full-\w+\.js$/.test(path))).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('a spec with an embedding loads the full tables, and its ids reach the model', async () => {
  const { page, context, complaints } = await shop.visit();
  const pack = shopPack();
  const spec = pack.spec as FeatureSpec;
  const features = [
    ...spec.features,
    {
      kind: 'embedding',
      source: 'item:id',
      vocabulary: ['sofa', 'kettle'],
      input: 'item',
      group: 'item',
      sentence: 'It is what it is.',
    } as const,
  ];
  const { width } = createFullEncoder(spec);
  const model = buildModel({
    inputs: [
      { name: 'features', type: 'float32', dims: ['N', width] },
      { name: 'item', type: 'int64', dims: ['N', 1] },
    ],
    // Nothing, another item, sofa, kettle.
    initializers: { table: float32([4], [9, 1, 2, 3]) },
    nodes: [{ op: 'Gather', inputs: ['table', 'item'], outputs: ['score'] }],
    outputs: [{ name: 'score' }],
    metadata: { 'inkling.spec': pack.fingerprint },
  });
  // Alone, so that no other slot takes its items.
  const slots = pack.slots.filter(({ id }) => id === 'grid');
  const json = withModel({ ...pack, slots, spec: { ...spec, features } }, model);
  await page.route('**/inkling/pack.json', (route) => route.fulfill({ json }));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(shop.url);
  await settled(page);
  const slate = await page.evaluate(() => window.inkling?.rank('grid', { items: [{ id: 'kettle' }] }));
  expect(slate?.source).toBe('ranker');
  expect(slate?.items[0]).toMatchObject({ id: 'kettle', score: 3 });
  expect(asked.filter((path) => /^\/full-\w+\.js$/.test(path))).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
});
