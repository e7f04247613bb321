import { type ContextPatch, createContext, type Encoder, type Feature, type Item } from '@inkling/core';
import { SAMPLE_MOMENTS } from '../pack/sample-moments.ts';

/** What a model is tried on. */
export interface SampleBatch {
  readonly name: string;
  readonly rows: number;
  /** f32[rows × width] */
  readonly features: Float32Array;
}

/** Encoded lists of a fixed set of moments, and one of which nothing is known.
 * @param catalog the site's items. @default items made of every word that the spec has for items */
export function sampleBatches(
  encoder: Encoder,
  now: number,
  catalog?: readonly Item[],
): readonly SampleBatch[] {
  const items = (catalog ?? itemsOf(encoder.spec.features)).slice(0, 100);
  const unknown: readonly Item[] = items.map((_, index) => ({ id: `unknown-${index}` }));
  const encode = (name: string, moment: ContextPatch, list: readonly Item[]) => ({
    name,
    rows: list.length,
    features: encoder.encode({ context: createContext(moment), profile: undefined, items: list, now }),
  });
  return [
    encode('nothing known', {}, unknown),
    encode('one item', {}, items.slice(0, 1)),
    ...SAMPLE_MOMENTS.map(({ name, context }) => encode(name, context, items)),
  ];
}

/** An item for each word. */
function itemsOf(features: readonly Feature[]): readonly Item[] {
  const words = features.flatMap((feature): readonly (readonly [source: string, value: string])[] => {
    if (feature.kind === 'cross') {
      return feature.sources.flatMap((source, side) =>
        (feature.values[side as 0 | 1] ?? []).map((value) => [source, value] as const),
      );
    }
    if (feature.kind === 'embedding') return feature.vocabulary.map((value) => [feature.source, value]);
    return 'values' in feature ? feature.values.map((value) => [feature.source, value]) : [];
  });
  const numbers = features.flatMap((feature) =>
    (feature.kind === 'number' || feature.kind === 'bucketized') && feature.source.startsWith('attribute:')
      ? [feature.source.slice('attribute:'.length)]
      : [],
  );
  return [...words, ['', '']].map(([source = '', value = ''], index) => {
    const attribute = source.startsWith('attribute:') && source.slice('attribute:'.length);
    return {
      id: source === 'item:id' ? value : `item-${index}`,
      price: 10 + index,
      publishedAt: '2026-01-01',
      ...(source === 'item:tags' && { tags: [value] }),
      ...(source === 'item:group' && { group: value }),
      attributes: {
        ...Object.fromEntries(numbers.map((name) => [name, index])),
        ...(attribute && { [attribute]: value }),
      },
    };
  });
}
