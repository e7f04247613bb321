import { readFileSync } from 'node:fs';
import type { Item } from '@inkling/core';

export type CategoryId =
  | 'rainwear'
  | 'layers'
  | 'footwear'
  | 'packs'
  | 'camp'
  | 'cycle'
  | 'kitchen'
  | 'living'
  | 'garden';

/** A product or hero with everything the shop's own pages rely on. */
export interface ShopItem extends Item {
  readonly title: string;
  readonly url: string;
  readonly tags: readonly string[];
  readonly group: 'product' | 'hero';
  readonly available: boolean;
  readonly publishedAt: string;
  readonly attributes: {
    readonly category: CategoryId;
    readonly season: 'spring' | 'summer' | 'autumn' | 'winter' | 'all';
    readonly blurb: string;
    readonly picture: string;
  };
}

export interface ShopProduct extends ShopItem {
  readonly group: 'product';
  /** Whole euros. */
  readonly price: number;
}

export interface Catalog {
  /** In the authored order of the grid. */
  readonly products: readonly ShopProduct[];
  /** The authored default first. */
  readonly heroes: readonly ShopItem[];
}

export function readCatalog(): Catalog {
  // The file is ours; test/storefront/catalog.test.ts holds it to this shape.
  const items = JSON.parse(readFileSync(new URL('../catalog.json', import.meta.url), 'utf8')) as ShopItem[];
  return {
    products: items.filter((item): item is ShopProduct => item.group === 'product'),
    heroes: items.filter((item) => item.group === 'hero'),
  };
}
