import { z } from 'zod';
import { COUNTS } from '../pack/limits.ts';
import { countSharedPages, type SharedSignal, type SharedSpec } from '../pack/shared-spec.ts';

const signals = [
  'geo.country',
  'time.season',
  'time.daypart',
  'weather.condition',
  'weather.temperature',
  'device.form',
] as const satisfies readonly SharedSignal[];

const country = z.string().regex(/^[A-Z]{2}$/, 'expected a country of two letters');

export const sharedSchema: z.ZodType<SharedSpec> = z
  .strictObject({
    signals: z
      .array(z.enum(signals))
      .min(1)
      .refine((list) => new Set(list).size === list.length, 'expected each signal once'),
    countries: z
      .array(z.array(country).min(1))
      .min(1)
      .refine((groups) => new Set(groups.flat()).size === groups.flat().length, 'expected each country once')
      .exactOptional(),
  })
  .check(({ value, issues }) => {
    if (value.signals.includes('geo.country') !== (value.countries !== undefined)) {
      issues.push({
        code: 'custom',
        input: value.countries,
        path: ['countries'],
        message: 'expected groups of countries with the signal geo.country, and only then',
      });
    }
    // As with a holdout, which doubles them.
    const pages = countSharedPages(value, 0.5);
    if (pages > COUNTS.sharedPages) {
      issues.push({
        code: 'custom',
        input: value.signals,
        path: ['signals'],
        message: `expected at most ${COUNTS.sharedPages} pages of each address, found ${pages}`,
      });
    }
  });
