import { z } from 'zod';
import { COUNTS } from '../pack/limits.ts';
import type { RegimeRow } from '../pack/regime-row.ts';
import { text } from './parts.ts';

const rowSchema: z.ZodType<RegimeRow> = z.strictObject({
  regions: z
    .string()
    .regex(
      /^[A-Z]{2}(-[A-Z0-9]{1,3})?( [A-Z]{2}(-[A-Z0-9]{1,3})?)*$/,
      'expected ISO 3166 codes such as "DE US-CA"',
    ),
  regime: z.enum(['opt-in', 'opt-out', 'notice']),
  refusalDays: z.int().min(1).max(3650),
  source: text,
  date: z.iso.date(),
});

export const regimesSchema: z.ZodType<readonly RegimeRow[]> = z
  .array(rowSchema)
  .min(1)
  .max(COUNTS.regimes)
  .check(({ value, issues }) => {
    const seen = new Set<string>();
    value.forEach(({ regions }, index) => {
      for (const region of regions.split(' ')) {
        if (seen.has(region)) {
          issues.push({
            code: 'custom',
            input: region,
            path: [index, 'regions'],
            message: 'expected each region once',
          });
        }
        seen.add(region);
      }
    });
  });
