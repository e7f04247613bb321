import {
  bootstrapMean,
  type EncodedList,
  type EncodedLists,
  fingerprint,
  fitRanker,
  loadScorer,
  measure,
  type RankerOptions,
  rankBy,
} from '@inkling/cli';
import { createContext, digest, type Encoder, type FeatureSpec, type Item, prng } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import type { BenchRow } from '../bench.ts';
import { contextualPopularity } from './contextual-popularity.ts';
import { MOMENT, type Use } from './read-uses.ts';

/** The apps that are ranked by the moment, the most used ones; the others follow them. */
const CANDIDATES = 300;
/** Apps beside the used one in a training list. */
const OTHERS = 40;

/** Chosen by the MRR on a part of the training users, which this many epochs had highest. */
const OPTIONS: RankerOptions = {
  model: 'fm',
  loss: 'listwise',
  learningRate: 0.002,
  l2: 0.3,
  batch: 512,
  epochs: 6,
};

/** Which app somebody unknown uses next, of whom only the moment is known: three tenths of the users are held out. What
 * an app costs is left out, as it is a property of the app. NDCG@10 over all apps, and the ranker's paired gain over
 * popularity with an interval clustered by user. */
export async function benchAnonymous(
  uses: readonly Use[],
  categoryOf: ReadonlyMap<string, string>,
): Promise<readonly BenchRow[]> {
  const test = uses.filter(({ user }) => shareOf('held', user) < 0.3);
  const train = uses.filter(({ user }) => shareOf('held', user) >= 0.3);
  const counts = new Map<string, number>();
  for (const { item } of train) counts.set(item, (counts.get(item) ?? 0) + 1);
  const byCount = [...counts].sort((a, b) => b[1] - a[1]);
  const rank = new Map(byCount.map(([id], index) => [id, index]));
  const candidates = byCount.slice(0, CANDIDATES).map(([id, count]): Item => {
    const category = categoryOf.get(id) ?? 'unknown';
    return { id, attributes: { category, popularity: Math.log(count / train.length) } };
  });
  const spec = specOf(train, candidates);
  const encoder = createFullEncoder(spec);
  const known = train.filter(({ item }) => (rank.get(item) ?? CANDIDATES) < CANDIDATES);
  const { model } = await fitRanker(
    {
      encoder,
      spec: fingerprint(spec),
      train: drawnLists(encoder, known, candidates, rank),
      validation: drawnLists(encoder, [], candidates, rank),
      period: ['', ''],
    },
    OPTIONS,
  );
  const scorer = await loadScorer('ranker.onnx', model, spec);
  const ndcgAt = (place: number) => (place < 10 ? 1 / Math.log2(place + 2) : 0);
  const popularity = test.map(({ item }) => ndcgAt(rank.get(item) ?? counts.size));
  const ndcgBy = (scoresFor: (use: Use) => ArrayLike<number>) =>
    test.map((use) => {
      const place = rank.get(use.item) ?? counts.size;
      if (place >= CANDIDATES) return ndcgAt(place);
      const labels = candidates.map((_, index) => Number(index === place));
      return measure(rankBy(Array.from(scoresFor(use))), labels, 10).ndcg;
    });
  const scoreMoment = contextualPopularity(
    train,
    candidates.map(({ id }) => id),
  );
  const ranked = {
    'anonymous-fm': ndcgBy((use) => scorer(encode(encoder, use, candidates), CANDIDATES)),
    'anonymous-counts': ndcgBy(({ words }) => scoreMoment(words)),
  };
  const users = test.map(({ user }) => user);
  const row = (name: string, metric: string, values: readonly number[]): BenchRow => ({
    case: name,
    metric,
    ...bootstrapMean(values, users),
    unit: 'NDCG@10',
  });
  return [
    row('anonymous-popularity', 'ndcg10', popularity),
    ...Object.entries(ranked).flatMap(([name, values]) => [
      row(name, 'ndcg10', values),
      row(
        name,
        'ndcg10.gain',
        values.map((value, index) => value - (popularity[index] as number)),
      ),
    ]),
    { case: 'anonymous-fm', metric: 'bytes', value: model.length, unit: 'B' },
  ];
}

function shareOf(purpose: string, user: string): number {
  return Number.parseInt(digest(`${purpose}\0${user}`).slice(0, 8), 16) / 2 ** 32;
}

function specOf(train: readonly Use[], candidates: readonly Item[]): FeatureSpec {
  const words = { group: 'use', sentence: 'The moment played a part.' };
  const distinct = (all: readonly unknown[]) =>
    [...new Set(all.map(String))].filter((word) => word !== 'unknown');
  return {
    format: 2,
    groups: [{ id: 'use', sentence: 'The moment played a part.' }],
    features: [
      {
        kind: 'embedding',
        source: 'item:id',
        vocabulary: candidates.map(({ id }) => id),
        input: 'item',
        ...words,
      },
      {
        kind: 'embedding',
        source: 'attribute:category',
        vocabulary: distinct(candidates.map(({ attributes }) => attributes?.category)),
        input: 'category',
        ...words,
      },
      ...MOMENT.map(
        (name) =>
          ({
            kind: 'embedding',
            source: `custom.${name}`,
            vocabulary: distinct(train.map((use) => use.words[name])),
            input: name,
            ...words,
          }) as const,
      ),
      { kind: 'number', source: 'attribute:popularity', indicator: false, ...words },
    ],
    phrases: {},
  };
}

function encode(encoder: Encoder, use: Use, items: readonly Item[]): Float32Array {
  // Who it is and what the app costs is not said.
  const { cost, ...moment } = use.words;
  return encoder.encode({ context: createContext({ custom: moment }), profile: undefined, items, now: 0 });
}

/** Each use with other candidates, drawn anew in every epoch. */
function drawnLists(
  encoder: Encoder,
  uses: readonly Use[],
  candidates: readonly Item[],
  rank: ReadonlyMap<string, number>,
): EncodedLists {
  const counts = new Map<string, number>();
  for (const { user } of uses) counts.set(user, (counts.get(user) ?? 0) + 1);
  return {
    width: encoder.width,
    count: uses.length,
    async *batches(size, order) {
      const random = prng(order, 'frappe');
      const left = [...uses];
      const draw = (): EncodedList => {
        const at = random() % left.length;
        const use = left[at] as Use;
        left[at] = left.at(-1) as Use;
        left.pop();
        const items = [candidates[rank.get(use.item) as number] as Item];
        while (items.length <= OTHERS) {
          const other = candidates[random() % candidates.length] as Item;
          if (other.id !== use.item) items.push(other);
        }
        const labels = items.map((_, index) => Number(index === 0));
        // So that a few who use much do not speak for all.
        const weight = 1 / Math.sqrt(counts.get(use.user) as number);
        return { visitor: use.user, features: encode(encoder, use, items), labels, weight };
      };
      while (left.length > 0) yield Array.from({ length: Math.min(size, left.length) }, draw);
    },
  };
}
