import { z } from 'zod';
import { type Impression, MOST_CANDIDATES } from '../totals/impression.ts';
import { MOMENTS, MOST_EXPOSURES, type TotalsReport } from '../totals/totals-report.ts';
import { id, text } from './parts.ts';

const ID_LENGTH = 64;
const version = z.int().positive();
const slot = id.max(ID_LENGTH);
const moment = z.enum(MOMENTS);

const cellSchema = z
  .tuple([
    version,
    slot,
    z.enum(['personalized', 'holdout']),
    z
      .string()
      .max(2 * ID_LENGTH + 1)
      .regex(/^$|^[a-z0-9][a-z0-9-]*:[a-z0-9][a-z0-9-]*$/, 'expected experiment:variation, or nothing'),
    moment,
    z.int().min(1).max(MOST_EXPOSURES),
    z.int().min(0).max(MOST_EXPOSURES),
  ])
  .refine(
    ([, , , , , exposures, rewards]) => rewards <= exposures,
    'expected no more rewards than exposures',
  );

/** What one browser sends for one day, within what one browser may add. */
export const reportSchema: z.ZodType<TotalsReport> = z.strictObject({
  batch: z.string().regex(/^[0-9a-f]{32}$/, 'expected 32 hex digits'),
  cells: z
    .array(cellSchema)
    .min(1)
    .max(MOST_EXPOSURES)
    .refine(
      (cells) => cells.reduce((sum, [, , , , , exposures]) => sum + exposures, 0) <= MOST_EXPOSURES,
      `expected ${MOST_EXPOSURES} exposures or fewer in all`,
    )
    .refine(
      (cells) => new Set(cells.map((cell) => cell.slice(0, 5).join(' '))).size === cells.length,
      'expected each cell once',
    ),
});

const ids = z.array(text.max(ID_LENGTH)).max(MOST_CANDIDATES);

/** One decision for research. */
export const impressionSchema: z.ZodType<Impression> = z
  .strictObject({
    version,
    slot,
    moment,
    hour: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:00:00Z$/, 'expected an hour such as 2026-11-20T14:00:00Z'),
    candidates: ids,
    items: ids.min(1),
    propensities: z.array(z.number().positive().max(1)),
    rewards: z.array(z.union([z.literal(0), z.literal(1)])),
  })
  .refine(
    ({ items, propensities, rewards }) =>
      propensities.length === items.length && rewards.length === items.length,
    'expected a propensity and a reward of each item',
  );
