import { isSignalPath } from '@inkling/core';
import { z } from 'zod';

/** A column, or a column and what its words mean here: a word that `values` lacks is unknown. */
export type Words = string | { readonly column: string; readonly values: Readonly<Record<string, string>> };

interface Common {
  readonly format: 1;
  readonly item: string;
  /** From signal to column, e.g. `{"weather.condition": "weather"}`. */
  readonly context: Readonly<Record<string, Words>>;
  /** Signals that stand together in one column, e.g. `phone|rain`. */
  readonly contextKey?: {
    readonly column: string;
    readonly signals: readonly string[];
    /** Between the signals. @default '|' */
    readonly delimiter?: string;
  };
  /** From item field to column: `price`, `tags` (separated by |), anything else an attribute. */
  readonly features: Readonly<Record<string, string>>;
}

interface Timed extends Common {
  readonly time: { readonly column: string; readonly unit: TimeUnit };
  /** What an event row was: an event type such as `view`. With `values`, rows of any other word are passed over. */
  readonly event?: Words;
  /** Probability with which the item was shown there; a chosen item weighs 1 / propensity, at most 10. @default 1 */
  readonly propensity?: string;
}

/** Since 1970 in seconds, milliseconds or hours, or ISO 8601 (UTC where it names no zone). */
export type TimeUnit = 's' | 'ms' | 'h' | 'iso';

/** One row for each item of a list. A row without a list is an event. */
export interface ItemRows extends Timed {
  /** @default 'items' */
  readonly rows?: 'items';
  readonly list: string;
  readonly visitor: string;
  /** 1 or true where the item was chosen. */
  readonly label: string;
  /** Place in the displayed list. @default the order of the rows */
  readonly position?: string;
}

/** One row for each list: cells hold something of every item, in displayed order, between delimiters. A row without
 * items is an event. */
export interface ListRows extends Timed {
  readonly rows: 'lists';
  /** @default the number of the row */
  readonly list?: string;
  /** @default every list is of a visitor of its own, as `research` impressions are */
  readonly visitor?: string;
  /** The items that were chosen; of an event the item it was about. */
  readonly chosen?: string;
  /** Instead of `chosen`: for each item 1 or true where it was. */
  readonly label?: string;
  /** @default '|' */
  readonly delimiter?: string;
}

/** One row for each item in a context: how often it was shown and chosen there. */
export interface TotalRows extends Common {
  readonly rows: 'totals';
  readonly shown: string;
  readonly chosen: string;
}

/** Says what the columns of a log mean. */
export type Mapping = ItemRows | ListRows | TotalRows;

const column = z.string().min(1);
const signal = z.string().refine(isSignalPath, 'expected a signal such as "weather.condition"');
const words = z.union([column, z.strictObject({ column, values: z.record(z.string(), z.string()) })]);
const common = {
  format: z.literal(1),
  item: column,
  context: z.record(signal, words),
  contextKey: z
    .strictObject({ column, signals: z.array(signal).min(1), delimiter: z.string().min(1).exactOptional() })
    .exactOptional(),
  features: z.record(z.string(), column),
};
const timed = {
  ...common,
  time: z.strictObject({ column, unit: z.enum(['s', 'ms', 'h', 'iso']) }),
  event: words.exactOptional(),
  propensity: column.exactOptional(),
};
const itemRows = z.strictObject({
  ...timed,
  rows: z.literal('items').exactOptional(),
  list: column,
  visitor: column,
  label: column,
  position: column.exactOptional(),
});
const listRows = z
  .strictObject({
    ...timed,
    rows: z.literal('lists'),
    list: column.exactOptional(),
    visitor: column.exactOptional(),
    chosen: column.exactOptional(),
    label: column.exactOptional(),
    delimiter: z.string().min(1).exactOptional(),
  })
  .refine(({ chosen, label }) => (chosen === undefined) !== (label === undefined), {
    path: ['chosen'],
    message: 'expected either `chosen` or `label`',
  });
const totalRows = z.strictObject({ ...common, rows: z.literal('totals'), shown: column, chosen: column });

export const mappingSchema: z.ZodType<Mapping> = z.discriminatedUnion(
  'rows',
  [itemRows, listRows, totalRows],
  {
    error: 'expected a mapping whose rows are items, lists or totals',
  },
);
