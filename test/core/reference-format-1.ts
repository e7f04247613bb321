import { type EncodeInput, type Feature1, fade, type Item, log, readSignal } from '@inkling/core';

/** The columns of a feature of format 1 for one row, straight from their definitions. */
export function columnsOfFormat1(feature: Feature1, input: EncodeInput, row: number): readonly number[] {
  const item = input.items[row] as Item;
  switch (feature.kind) {
    case 'signal': {
      const value = readSignal(input.context, feature.signal);
      return [
        ...feature.values.map((each) => Number(each === value)),
        Number(!feature.values.includes(value)),
      ];
    }
    case 'tags':
      return feature.tags.map((tag) => Number(item.tags?.includes(tag) ?? false));
    case 'attribute':
      return feature.values.map((value) => Number(attributeOf(item, feature.attribute) === value));
    case 'match': {
      const value = readSignal(input.context, feature.signal);
      const attribute = attributeOf(item, feature.attribute);
      if (value === 'unknown' || attribute === undefined || attribute === 'all') return [0, 0];
      return attribute === value ? [1, 0] : [0, 1];
    }
    case 'number':
      return numberColumns(feature, input, row);
    case 'affinity': {
      const affinities = new Map(Object.entries(input.profile?.affinities ?? {}));
      const tastes = (item.tags ?? []).map((tag) => {
        const fading = affinities.get(tag);
        const value = fading ? fade(fading, input.now, 14) : 0;
        return value / (2 + Math.abs(value));
      });
      return tastes.length > 0
        ? [tastes.reduce((a, b) => a + b) / tastes.length, Math.max(...tastes)]
        : [0, 0];
    }
    case 'recent':
      return [recentColumn(feature.measure, input, row)];
    case 'history':
      return historyColumns(input);
  }
}

function attributeOf(item: Item, name: string): string | undefined {
  const { attributes } = item;
  return attributes && Object.hasOwn(attributes, name) ? String(attributes[name]) : undefined;
}

type NumberFeature1 = Extract<Feature1, { kind: 'number' }>;

function numberColumns(
  { source, scale }: NumberFeature1,
  input: EncodeInput,
  row: number,
): readonly number[] {
  const all = input.items.map((item, index): number | undefined => {
    if (source === 'position') return index;
    if (source === 'price') return item.price;
    if (source === 'popularity') return item.attributes?.popularity as number | undefined;
    const published = Date.parse(item.publishedAt ?? '');
    return Number.isNaN(published) ? undefined : Math.max(0, (input.now - published) / 86_400_000);
  });
  const sorted = all.filter((x) => x !== undefined).sort((a, b) => a - b);
  const x = all[row];
  if (x === undefined) return [0, 0];
  if (scale === 'log') return [log(1 + Math.max(0, x)), 1];
  if (scale === 'reciprocal') return [1 / (1 + Math.max(0, x)), 1];
  if (scale === 'share') {
    return [sorted.length > 1 ? sorted.filter((other) => other < x).length / (sorted.length - 1) : 0, 1];
  }
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return x > 0 && median > 0 ? [log(x / median), 1] : [0, 0];
}

function recentColumn(
  measure: Extract<Feature1, { kind: 'recent' }>['measure'],
  input: EncodeInput,
  row: number,
) {
  const { items, now } = input;
  const recents = input.profile?.recents ?? [];
  const distance = row - items.findIndex(({ id }) => id === recents[0]?.id);
  const isLastInList = items.some(({ id }) => id === recents[0]?.id);
  if (measure === 'after-last') return isLastInList && distance > 0 ? 1 / distance : 0;
  if (measure === 'before-last') return isLastInList && distance < 0 ? 1 / -distance : 0;
  const rank = recents.findIndex(({ id }) => id === items[row]?.id);
  const recent = recents[rank];
  if (!recent) return 0;
  if (measure === 'last') return Number(rank === 0);
  if (measure === 'rank') return 1 / (1 + rank);
  if (measure === 'age') return 1 / (1 + Math.max(0, now - recent.at) / 60_000);
  return log(1 + recent[measure]);
}

function historyColumns({ profile, items, now }: EncodeInput): readonly number[] {
  const recents = profile?.recents ?? [];
  const [newest] = recents;
  if (!newest) return [0, 0, 0];
  const shared = recents.filter(({ id }) => items.some((item) => item.id === id)).length;
  const actions = recents.reduce((sum, { views, clicks }) => sum + views + clicks, 0);
  return [shared / items.length, log(1 + actions), 1 / (1 + Math.max(0, now - newest.at) / 60_000)];
}
