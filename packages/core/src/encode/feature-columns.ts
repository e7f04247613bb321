import { readSignal } from '../context/create-context.ts';
import { InklingError } from '../inkling-error.ts';
import type { Item } from '../item.ts';
import { log } from '../math.ts';
import { tastePrior } from '../profile/taste-prior.ts';
import { tastes } from '../profile/tastes.ts';
import type { Columns, EncodeInput } from './encode-input.ts';
import type { Feature, FeatureSpec } from './feature-spec.ts';
import { recentColumns } from './recent-columns.ts';

export function columnsOf(feature: Feature, { halfLifeDays = 14, means = [] }: FeatureSpec): Columns {
  switch (feature.kind) {
    case 'signal':
      return {
        unknown: oneHot(feature.values, undefined),
        prepare({ context }) {
          const values = oneHot(feature.values, readSignal(context, feature.signal));
          return () => values;
        },
      };
    case 'tags':
      return perItem(feature.tags, (item) => feature.tags.map((tag) => Number(hasTag(item, tag))));
    case 'attribute':
      return perItem(feature.values, (item) => {
        const value = String(item?.attributes?.[feature.attribute]);
        return feature.values.map((candidate) => Number(candidate === value));
      });
    case 'match':
      return {
        unknown: [0, 0],
        prepare({ context, items }) {
          const value = readSignal(context, feature.signal);
          return (row) => {
            const attribute = items[row]?.attributes?.[feature.attribute];
            if (value === 'unknown' || attribute === undefined || attribute === 'all') return [0, 0];
            return attribute === value ? [1, 0] : [0, 1];
          };
        },
      };
    case 'number':
      return { unknown: [0, 0], prepare: (input) => numberRows(feature, input) };
    case 'affinity':
      return {
        unknown: [0, 0],
        prepare({ context, profile, items, now }) {
          const taste = tastes(profile, now, halfLifeDays, tastePrior(means, context));
          return (row) => {
            const values = (items[row]?.tags ?? []).map((tag) => taste.get(tag) ?? 0);
            if (values.length === 0) return [0, 0];
            return [values.reduce((a, b) => a + b) / values.length, Math.max(...values)];
          };
        },
      };
    case 'recent':
    case 'history':
      return recentColumns(feature);
    default:
      // A pack is data: a newer one may name a kind that this version does not know.
      throw new InklingError('E_PACK_FORMAT', `spec: unknown feature kind ${JSON.stringify(feature)}`);
  }
}

function perItem(columns: readonly string[], values: (item: Item | undefined) => readonly number[]): Columns {
  return {
    unknown: columns.map(() => 0),
    prepare({ items }) {
      return (row) => values(items[row]);
    },
  };
}

/** The last column is for any other value. */
function oneHot(values: readonly string[], value: string | undefined): readonly number[] {
  const known = value !== undefined && values.includes(value);
  return [...values.map((candidate) => Number(candidate === value)), Number(!known)];
}

function hasTag(item: Item | undefined, tag: string): boolean {
  return item?.tags?.includes(tag) ?? false;
}

function numberRows(
  { source, scale }: Extract<Feature, { kind: 'number' }>,
  { items, now }: EncodeInput,
): (row: number) => readonly number[] {
  const raw = items.map((item, row) => numberOf(item, row, source, now));
  const sorted = raw.filter((x) => x !== undefined).sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  return (row) => {
    const x = raw[row];
    if (x === undefined) return [0, 0];
    if (scale === 'log') return [log(1 + Math.max(0, x)), 1];
    if (scale === 'reciprocal') return [1 / (1 + Math.max(0, x)), 1];
    if (scale === 'log-ratio') return x > 0 && median > 0 ? [log(x / median), 1] : [0, 0];
    const below = sorted.findIndex((other) => other >= x);
    return [sorted.length > 1 ? below / (sorted.length - 1) : 0, 1];
  };
}

function numberOf(item: Item, row: number, source: string, now: number): number | undefined {
  if (source === 'position') return row;
  if (source === 'price') return item.price;
  if (source === 'age') {
    const published = Date.parse(item.publishedAt ?? '');
    return Number.isNaN(published) ? undefined : Math.max(0, (now - published) / 86_400_000);
  }
  const popularity = item.attributes?.popularity;
  return typeof popularity === 'number' ? popularity : undefined;
}
