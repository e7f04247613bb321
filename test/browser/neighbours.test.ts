import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AssetRole,
  emptyProfile,
  encodeNeighbours,
  type FeatureSpec,
  type NeighbourEdge,
  type Pack,
  type PackAsset,
  readCatalog,
} from '@inkling/core';
import { indexNeighbours } from '@inkling/core/candidates';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildModel, float32 } from '../onnx/model-builder.ts';
import { openShop, SHOP_FOLDER, type Shop, settled } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ cf: { timezone: 'Europe/Oslo' } });
});
afterAll(() => shop.close());

const { adapt: _, ...pack }: Pack = JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
const catalogBytes = (): Uint8Array => {
  const { path, inline } = pack.assets.find(({ role }) => role === 'catalog') as PackAsset;
  return inline === undefined
    ? readFileSync(join(SHOP_FOLDER, 'inkling', path))
    : Buffer.from(inline, 'base64');
};

function inlined(role: AssetRole, bytes: Uint8Array): PackAsset {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const inline = Buffer.from(bytes).toString('base64');
  return { role, path: `${role}.bin`, bytes: bytes.length, sha256, inline };
}

/** A ranker that only looks at how near an item is to those that the visitor touched. */
const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'near', sentence: 'It goes with what you saw.' }],
  features: [
    {
      kind: 'number',
      source: 'last:neighbours',
      indicator: false,
      group: 'near',
      sentence: 'It goes with what you saw.',
    },
  ],
  phrases: {},
};
const model = buildModel({
  inputs: [{ name: 'features', type: 'float32', dims: ['N', 1] }],
  initializers: { w: float32([1, 1], [1]) },
  nodes: [{ op: 'MatMul', inputs: ['features', 'w'], outputs: ['score'] }],
  outputs: [{ name: 'score' }],
  metadata: { 'inkling.spec': pack.fingerprint },
});

test('a slot’s own children are scored by the neighbours of what the visitor touched, as in training', async () => {
  const catalog = readCatalog(catalogBytes());
  const [touched = '', near = '', further = '', far = ''] = catalog.map(({ id }) => id);
  const edges: readonly NeighbourEdge[] = [
    [touched, near, 2],
    [near, further, 1],
  ];
  const neighbours = encodeNeighbours({ catalog, edges: { viewed: edges } });
  const assets = pack.assets.filter(({ role }) => role === 'catalog');
  const json: Pack = {
    ...pack,
    spec,
    assets: [...assets, inlined('model', model), inlined('neighbours', neighbours)],
  };

  const { page, context, complaints } = await shop.visit();
  await page.route('**/inkling/pack.json', (route) => route.fulfill({ json }));
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  const items = [far, further, near, touched].map((id) => ({ id }));
  const scores = () =>
    page.evaluate(async (given) => {
      const slate = await window.inkling?.rank('grid', { items: given });
      const decision = slate && window.inkling?.decision(slate);
      return decision && Array.from(decision.ranking?.ranked ?? []);
    }, items);
  await expect.poll(scores).toEqual([0, 0, 0, 0]);
  await page.evaluate((item) => window.inkling?.track({ type: 'view', item }), touched);

  const profile = { ...emptyProfile(0, 's'), recents: [{ id: touched, at: 0, views: 1, clicks: 0 }] };
  const expected = indexNeighbours({ catalog, neighbours })(
    items.map((item) => ({ item })),
    profile,
  );
  const trained = items.map(({ id }) => Math.fround(expected?.[id] ?? Number.NaN));
  expect(trained).toEqual([0, expect.any(Number), expect.any(Number), 0]);
  expect(trained[1]).toBeGreaterThan(0);
  expect(trained[2]).toBeGreaterThan(trained[1] as number);
  await expect.poll(scores).toEqual(trained);
  expect(complaints).toEqual([]);
  await context.close();
});
