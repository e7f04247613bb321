import { z } from 'zod';

const column = z.string().min(1);

/** Says what the columns of a log of events mean. */
export interface EventsMapping {
  readonly format: 1;
  /** Names the visit, or the basket, an event belongs to. */
  readonly session: string;
  readonly item: string;
  readonly time: { readonly column: string; readonly unit: 's' | 'ms' | 'iso' };
  /** What an event was: `view` and `click` are looks, `purchase` is a purchase. @default every event is of the kind asked for */
  readonly event?: string;
}

export const eventsMappingSchema: z.ZodType<EventsMapping> = z.strictObject({
  format: z.literal(1),
  session: column,
  item: column,
  time: z.strictObject({ column, unit: z.enum(['s', 'ms', 'iso']) }),
  event: column.exactOptional(),
});
