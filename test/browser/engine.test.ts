import { createHash } from 'node:crypto';
import type { FeatureSpec, Pack } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildModel, float32 } from '../onnx/model-builder.ts';
import { priceRanker, shopPack, withModel } from './price-ranker.ts';
import { openShop, type Shop, settled } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ cf: { timezone: 'Europe/Oslo' } });
});
afterAll(() => shop.close());

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

/** A model of some 1,500,000 weights that no input but one column moves, and scores that differ. */
function heavyRanker({ spec, fingerprint }: Pack): Uint8Array {
  const { width } = createFullEncoder(spec);
  const size = 1200;
  const table = (rows: number, columns: number) =>
    float32(
      [rows, columns],
      Array.from({ length: rows * columns }, (_, i) => ((i * 7) % 13) / 1000 - 0.005),
    );
  return buildModel({
    inputs: [{ name: 'features', type: 'float32', dims: ['N', width] }],
    initializers: { a: table(width, size), b: table(size, size), c: table(size, 1) },
    nodes: [
      { op: 'MatMul', inputs: ['features', 'a'], outputs: ['first'] },
      { op: 'MatMul', inputs: ['first', 'b'], outputs: ['second'] },
      { op: 'MatMul', inputs: ['second', 'c'], outputs: ['score'] },
    ],
    outputs: [{ name: 'score' }],
    metadata: { 'inkling.spec': fingerprint },
  });
}

test('a model that costs more than a moment is asked in steps, between which the page works, and gives way when it is late', async () => {
  const { page, context, complaints } = await shop.visit();
  const pack = shopPack();
  const model = heavyRanker(pack);
  const json: Pack = {
    ...pack,
    slots: pack.slots.filter(({ id }) => id === 'grid'),
    assets: pack.assets.map(({ inline: _, ...asset }) =>
      asset.role === 'model'
        ? {
            ...asset,
            path: 'heavy.onnx',
            bytes: model.length,
            sha256: createHash('sha256').update(model).digest('hex'),
          }
        : asset,
    ),
  };
  await page.route('**/inkling/pack.json', (route) => route.fulfill({ json }));
  await page.route('**/inkling/heavy.onnx', (route) => route.fulfill({ body: Buffer.from(model) }));
  const body = '<!doctype html><script src="/inkling.js" data-pack="/inkling/pack.json" async></script>';
  await page.route('**/own-page', (route) => route.fulfill({ contentType: 'text/html', body }));
  const processor = await context.newCDPSession(page);
  await processor.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(`${shop.url}/own-page`);
  await page.evaluate(() => window.inkling?.ready);
  await page.evaluate(() => window.inkling?.context.override({ weather: { condition: 'rain' } }));
  /** Ranks a thousand items, and hears of the long tasks meanwhile. */
  const rank = (lateAfter: number) =>
    page.evaluate(async (most) => {
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) =>
        tasks.push(...list.getEntries().map(({ duration }) => duration)),
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      observer.observe({ type: 'longtask' });
      const began = performance.now();
      let asked = 0;
      const slate = await window.inkling?.rank('grid', {
        items: Array.from({ length: 1000 }, (_, i) => ({ id: `item-${i}`, price: i, group: 'product' })),
        late: () => asked++ > most,
      });
      const total = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, 100));
      const codes: string[] = [];
      window.inkling?.on('diagnostic', ({ code }) => codes.push(code));
      return { source: slate?.source, total, longest: Math.max(0, ...tasks), asked, codes };
    }, lateAfter);
  const whole = await rank(Number.POSITIVE_INFINITY);
  expect(whole.source).toBe('ranker');
  // Asked once at first, then after each pause.
  expect(whole.asked).toBeGreaterThan(5);
  expect(whole.longest).toBeLessThan(whole.total / 4);
  const late = await rank(3);
  expect(late).toMatchObject({ source: 'authored', asked: 6 });
  expect(late.codes).toContain('late');
  expect(complaints).toEqual([]);
  await context.close();
});

test('a `late` that throws leaves its slot as authored, and the next slot is decided all the same', async () => {
  const { page, context } = await shop.visit();
  await page.goto(shop.url);
  await page.evaluate(() => window.inkling?.ready);
  const sources = await page.evaluate(async () => {
    const { inkling } = window;
    inkling?.context.override({ weather: { condition: 'rain' } });
    const late = () => {
      throw new Error('of the site');
    };
    const first = await inkling?.rank('grid', { items: [{ id: 'kettle' }], late });
    const next = await inkling?.rank('hero', { late: () => false });
    return [first?.source, next?.source];
  });
  expect(sources).toEqual(['authored', 'ranker']);
  await context.close();
});
