import {
  bootstrapMean,
  brotliBytes,
  type EncodedLists,
  fingerprint,
  fitRanker,
  loadScorer,
  measure,
  type RankerOptions,
  rankBy,
} from '@inkling/cli';
import {
  digest,
  type Encoder,
  type Feature,
  type FeatureSpec,
  type Item,
  type TextPath,
} from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import type { BenchRow } from '../bench.ts';
import { drawnLists, encodeMoment, wholeLists } from './moment-lists.ts';
import { MOMENT, type Use } from './read-uses.ts';

/** The apps that are ranked by the moment, the most used ones; the others follow them. */
const CANDIDATES = 300;
/** Share of the training users by whose uses it is chosen which signals count, and with which priors. */
const CHOOSING = 0.2;

/** Chosen by the MRR on a part of the training users, which this many epochs had highest. */
const FACTORS: RankerOptions = {
  model: 'fm',
  loss: 'listwise',
  learningRate: 0.002,
  l2: 0.3,
  batch: 512,
  epochs: 6,
};

const WORDS = { group: 'use', sentence: 'The moment played a part.' };

/** Which app somebody unknown uses next, of whom only the moment is known: three tenths of the users are held out. What
 * an app costs is left out, as it is a property of the app. NDCG@10 over all apps, and the rankers' paired gains over
 * popularity with intervals clustered by user. */
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
  const known = train.filter(({ item }) => (rank.get(item) ?? CANDIDATES) < CANDIDATES);
  const apps = candidates.map(({ id }) => id);
  const categories = candidates.map(({ attributes }) => attributes?.category);
  const item = ids('item:id', apps);
  const moment = MOMENT.map((name) => {
    const words = train.map((use) => use.words[name]);
    return ids(`custom.${name}`, words);
  });

  const factorsSpec = specOf([
    item,
    ids('attribute:category', categories),
    ...moment,
    { kind: 'number', source: 'attribute:popularity', indicator: false, ...WORDS },
  ]);
  const factors = await fit(factorsSpec, FACTORS, (encoder) => [
    drawnLists(encoder, known, candidates, rank),
    drawnLists(encoder, [], candidates, rank),
  ]);
  const countsSpec = specOf([item, ...moment]);
  const isChoosing = ({ user }: Use) => shareOf('choosing', user) < CHOOSING;
  const chosen = await fit(countsSpec, { model: 'counts' }, (encoder) =>
    [false, true].map((side) =>
      wholeLists(
        encoder,
        known.filter((use) => isChoosing(use) === side),
        candidates,
      ),
    ),
  );
  const { priors = {} } = chosen.summary;
  const counted = await fit(countsSpec, { model: 'counts', weights: 'int8', priors }, (encoder) => [
    wholeLists(encoder, known, candidates),
    wholeLists(encoder, [], candidates),
  ]);

  const ndcgAt = (place: number) => (place < 10 ? 1 / Math.log2(place + 2) : 0);
  const placeOf = (use: Use) => rank.get(use.item) ?? counts.size;
  const measured = (name: string, some: readonly Use[], ranker?: Ranker): readonly BenchRow[] => {
    const row = (metric: string, values: readonly number[]): BenchRow => {
      const users = some.map(({ user }) => user);
      return { case: name, metric, ...bootstrapMean(values, users), unit: 'NDCG@10' };
    };
    const popularity = some.map((use) => ndcgAt(placeOf(use)));
    if (!ranker) return [row('ndcg10', popularity)];
    const values = some.map((use) => {
      const place = placeOf(use);
      if (place >= CANDIDATES) return ndcgAt(place);
      const labels = apps.map((_, index) => Number(index === place));
      return measure(rankBy(ranker.scoresFor(use, candidates)), labels, 10).ndcg;
    });
    const gains = values.map((value, index) => value - (popularity[index] as number));
    return [row('ndcg10', values), row('ndcg10.gain', gains)];
  };
  const bytes = (name: string, { model }: Ranker): BenchRow => {
    return { case: name, metric: 'bytes', value: brotliBytes(model), unit: 'B' };
  };
  return [
    ...measured('anonymous-popularity', test),
    ...measured('anonymous-fm', test, factors),
    bytes('anonymous-fm', factors),
    ...measured('anonymous-counts', test, counted),
    bytes('anonymous-counts', counted),
    ...Object.entries(priors).map(([source, value]) => {
      return { case: 'anonymous-counts', metric: `prior.${source}`, value, unit: 'choices' };
    }),
    ...measured('anonymous-counts-validation', known.filter(isChoosing), chosen),
  ];
}

type Ranker = Awaited<ReturnType<typeof fit>>;

/** @param listsOf what is trained on, and what validates it */
async function fit(
  spec: FeatureSpec,
  options: RankerOptions,
  listsOf: (encoder: Encoder) => readonly EncodedLists[],
) {
  const encoder = createFullEncoder(spec);
  const [train, validation] = listsOf(encoder) as [EncodedLists, EncodedLists];
  const data = { encoder, spec: fingerprint(spec), train, validation, period: ['', ''] as const };
  const { model, summary } = await fitRanker(data, options);
  const scorer = await loadScorer('ranker.onnx', model, spec);
  const scoresFor = (use: Use, items: readonly Item[]) =>
    scorer(encodeMoment(encoder, use, items), items.length);
  return { model, summary, scoresFor };
}

function shareOf(purpose: string, user: string): number {
  return Number.parseInt(digest(`${purpose}\0${user}`).slice(0, 8), 16) / 2 ** 32;
}

/** @param words all that occur */
function ids(source: TextPath, words: readonly unknown[]): Feature {
  const vocabulary = [...new Set(words.map(String))].filter((word) => word !== 'unknown');
  return { kind: 'embedding', source, vocabulary, input: source.replace(/.*\W/, ''), ...WORDS };
}

function specOf(features: readonly Feature[]): FeatureSpec {
  const groups = [{ id: WORDS.group, sentence: WORDS.sentence }];
  return { format: 2, groups, features, phrases: {} };
}
