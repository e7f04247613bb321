import { buildPack } from '@inkling/cli';
import { type FeatureSpec, type Item, prng, type SharedSpec, type SlotSpec } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { fingerprint } from '../../packages/cli/src/model/fingerprint.ts';
import { writeLayers } from '../../packages/cli/src/train/write-onnx.ts';

const HIDDEN = 16;
const TAGS = ['rain', 'sun', 'phone', 'late'];
const words = { group: 'all', sentence: 'It played a part.' };

const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'all', sentence: 'It played a part.' }],
  features: [
    { kind: 'one-hot', source: 'weather.condition', values: ['rain', 'clear', 'snow'], ...words },
    { kind: 'one-hot', source: 'device.form', values: ['phone', 'desktop', 'tablet'], ...words },
    { kind: 'one-hot', source: 'time.daypart', values: ['morning', 'evening', 'night'], ...words },
    { kind: 'one-hot', source: 'geo.country', values: ['DE', 'NO', 'BR'], ...words },
    { kind: 'multi-hot', source: 'item:tags', values: TAGS, ...words },
    { kind: 'number', source: 'item:price', transforms: [{ type: 'log1p' }], ...words },
  ],
  phrases: {},
};

const catalog: readonly Item[] = Array.from({ length: 24 }, (_, index) => ({
  id: `item-${index}`,
  price: 5 + ((index * 37) % 90),
  tags: TAGS.filter((_, tag) => (index >> tag) % 2 === 1),
}));

const slotOf = (id: string, kind: SlotSpec['kind'], decide: SlotSpec['decide']): SlotSpec => ({
  id,
  kind,
  decide,
  policy: { type: 'greedy' },
  rules: [],
});

export interface EdgePackSetup {
  /** @default 1 */
  readonly version?: number;
  readonly floor?: number;
  /** @default 0 */
  readonly holdout?: number;
  /** @default 90 */
  readonly days?: number;
  /** Another model for another seed. @default 'edge' */
  readonly seed?: string;
  /** @default no page is shared */
  readonly shared?: SharedSpec;
}

/** The files of a pack whose slots `hero`, `grid` and `more` are decided at the edge, by a network of seeded weights that
 * orders items differently in every weather, on every device, in every country. */
export async function buildEdgePack(setup: EdgePackSetup = {}): Promise<ReadonlyMap<string, Uint8Array>> {
  const { version = 1, floor = 1, holdout = 0, days = 90, seed = 'edge', shared } = setup;
  const { files } = await buildPack({
    id: 'edge',
    version,
    floor,
    catalog,
    spec,
    slots: [
      slotOf('hero', 'variant', 'edge'),
      slotOf('grid', 'order', 'edge'),
      slotOf('more', 'order', 'edge'),
      slotOf('own', 'order', 'client'),
    ],
    model: { file: 'ranker.onnx', bytes: ranker(seed) },
    popularity: {},
    ...(shared && { settings: { shared } }),
    modelCard: { summary: 'For tests.', data: 'Drawn for them.', metrics: {} },
    holdout,
    createdAt: new Date(),
    days,
  });
  return files;
}

function ranker(seed: string): Uint8Array {
  const random = prng(seed, 'weights');
  const values = (length: number) => Float32Array.from({ length }, () => 3 * (random() / 2 ** 31 - 1));
  const layer = (rows: number, columns: number) => ({
    weights: { rows, columns, values: values(rows * columns) },
    bias: { rows: 1, columns, values: values(columns) },
  });
  return writeLayers([layer(createFullEncoder(spec).width, HIDDEN), layer(HIDDEN, 1)], {
    'inkling.spec': fingerprint(spec),
  });
}

const card = (item: string) => `<li data-inkling-item="${item}"><a href="/${item}">${item}</a></li>`;

/** A page with a variant, two lists that share items, and one that the client decides. */
export const edgePage: string = `<!doctype html><html><head><title>x</title></head><body>
<section data-inkling-slot="hero" data-inkling-kind="variant"><h1 data-inkling-item="item-0">Hello</h1>
${[1, 2, 3].map((n) => `<template data-inkling-variant="item-${n}"><h1>Hello ${n}</h1></template>`).join('\n')}
</section>
<ul data-inkling-slot="grid">
${Array.from({ length: 12 }, (_, n) => card(`item-${n + 4}`)).join('\n')}
</ul>
<ul data-inkling-slot="more" data-inkling-k="3">${Array.from({ length: 12 }, (_, n) => card(`item-${n + 10}`)).join('')}</ul>
<ul data-inkling-slot="own">${['item-20', 'item-21', 'item-22'].map(card).join('')}</ul>
</body></html>`;
