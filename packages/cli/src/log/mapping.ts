import { isSignalPath } from '@inkling/core';
import { z } from 'zod';

const column = z.string().min(1);

/** Says what the columns of a log mean. */
export interface Mapping {
  readonly format: 1;
  /** Names the list a row belongs to; rows of a list stand together. A row without one is an event. */
  readonly list: string;
  readonly visitor: string;
  readonly item: string;
  /** 1 or true where the item was chosen. */
  readonly label: string;
  readonly time: { readonly column: string; readonly unit: 's' | 'ms' | 'iso' };
  /** Place in the displayed list. @default the order of the rows */
  readonly position?: string;
  /** Probability with which the item was shown there; a chosen item weighs 1 / propensity, at most 10. @default 1 */
  readonly propensity?: string;
  /** What an event row was: an event type such as `view`. */
  readonly event?: string;
  /** From signal to column, e.g. `{"weather.condition": "weather"}`. */
  readonly context: Readonly<Record<string, string>>;
  /** From item field to column: `price`, `tags` (separated by |), anything else an attribute. */
  readonly features: Readonly<Record<string, string>>;
}

export const mappingSchema: z.ZodType<Mapping> = z.strictObject({
  format: z.literal(1),
  list: column,
  visitor: column,
  item: column,
  label: column,
  time: z.strictObject({ column, unit: z.enum(['s', 'ms', 'iso']) }),
  position: column.exactOptional(),
  propensity: column.exactOptional(),
  event: column.exactOptional(),
  context: z.record(z.string().refine(isSignalPath, 'expected a signal such as "weather.condition"'), column),
  features: z.record(z.string(), column),
});
