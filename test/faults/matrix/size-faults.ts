import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item } from '@inkling/core';
import { SHOP_FOLDER } from '../../browser/shop.ts';
import { cards } from './cards.ts';
import type { Answer, Fault } from './fault.ts';
import { withPack } from './with-pack.ts';

const sizes: readonly Omit<Fault, 'kind'>[] = [
  {
    name: 'a hundred slots that the pack does not know',
    expect: 'either',
    html: (page) =>
      page.replace(
        '</main>',
        `${Array.from({ length: 100 }, (_, i) => `<ul data-inkling-slot="s${i}">${cards(10, `s${i}-`)}</ul>`).join('')}</main>`,
      ),
  },
  {
    name: 'a hundred slots that the pack knows',
    expect: 'personalized',
    html: (page) =>
      page.replace(
        '</main>',
        `${Array.from({ length: 100 }, (_, i) => `<ul data-inkling-slot="s${i}"><li data-inkling-item="rain-shell">a<li data-inkling-item="reed-parasol">b</ul>`).join('')}</main>`,
      ),
    answer: withPack((pack) => {
      const grid = pack.slots.find(({ id }) => id === 'grid');
      return {
        ...pack,
        slots: [...pack.slots, ...Array.from({ length: 29 }, (_, i) => ({ ...grid, id: `s${i}` }))],
      };
    }),
  },
  {
    name: 'two thousand items in a slot',
    expect: 'either',
    html: (page) =>
      page.replace('</main>', `<ul data-inkling-slot="grid">${cards(2000, 'many-')}</ul></main>`),
  },
  {
    name: 'two thousand items in the catalog, and in a slot',
    expect: 'either',
    html: (page) => page.replace(/data-inkling-slot="grid"[^>]*>/, (tag) => `${tag}${cards(2000, 'many-')}`),
    answer: manyItems,
  },
  {
    name: 'a slot a thousand elements deep',
    expect: 'either',
    html: (page) =>
      page.replace(
        '</main>',
        `<ul data-inkling-slot="grid"><li data-inkling-item="deep">${'<div>'.repeat(400)}x</ul></main>`,
      ),
  },
];

export const SIZE_FAULTS: readonly Fault[] = [...sizes.map((fault): Fault => ({ ...fault, kind: 'size' }))];

/** A catalog with two thousand items more, and a pack that has its hash. */
function manyItems(path: string, file: Buffer | undefined): Answer | undefined {
  if (path.startsWith('/inkling/catalog-')) return { body: longCatalog(file) };
  return withPack((pack) => ({
    ...pack,
    assets: pack.assets.map((asset) => {
      if (asset.role !== 'catalog') return asset;
      const bytes = longCatalog(readFileSync(join(SHOP_FOLDER, 'inkling', asset.path)));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { ...asset, bytes: bytes.length, sha256 };
    }),
  }))(path, file);
}

function longCatalog(file: Buffer | undefined): Buffer {
  const items: readonly Item[] = JSON.parse(String(file));
  const many = Array.from({ length: 2000 }, (_, i) => ({ ...items[i % items.length], id: `many-${i}` }));
  return Buffer.from(JSON.stringify([...items, ...many]));
}
