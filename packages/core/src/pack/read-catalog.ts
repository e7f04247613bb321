import type { Item } from '../item.ts';
import { checkShape } from './check-shape.ts';
import { CATALOG_SHAPE } from './pack-shape.ts';
import { parseJson } from './parse-json.ts';

/** Reads the bytes of catalog.json. @throws InklingError E_PACK_FORMAT */
export function readCatalog(bytes: Uint8Array): readonly Item[] {
  const catalog = parseJson(bytes, 'catalog');
  checkShape(catalog, CATALOG_SHAPE, 'catalog');
  // The shape was checked just now.
  return catalog as readonly Item[];
}
