import { z } from 'zod';
import type { Item } from '../item.ts';
import { CATALOG_ITEMS } from '../pack/limits.ts';
import { text, unique } from './parts.ts';

const itemSchema = z.strictObject({
  id: text,
  title: text.exactOptional(),
  url: text.exactOptional(),
  price: z.number().nonnegative().exactOptional(),
  tags: z.array(text).exactOptional(),
  group: text.exactOptional(),
  parent: text.exactOptional(),
  available: z.boolean().exactOptional(),
  publishedAt: z.iso.date().or(z.iso.datetime()).exactOptional(),
  attributes: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(text)]))
    .exactOptional(),
});

/** catalog.json: all items, each id once. */
export const catalogSchema: z.ZodType<readonly Item[]> = z
  .array(itemSchema)
  .max(CATALOG_ITEMS)
  .check(unique('id'));
