import {
  type EncodedList,
  fingerprint,
  fitRanker,
  loadScorer,
  type NetworkKind,
  type RankerOptions,
} from '@inkling/cli';
import { createContext, type Encoder, type FeatureSpec, log, type Prng, prng } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import type { BenchRow } from '../bench.ts';
import { auc } from './auc.ts';
import { MOMENT, type Use } from './read-uses.ts';
import { redrawnLists } from './redrawn-lists.ts';

/** Drawn for each use, as those who published on it did, but anew in each epoch. */
const NEGATIVES = 2;
/** Share of the uses that say when to stop. */
const HELD = 0.05;

/** Chosen on the held uses. */
const OPTIONS: Readonly<Record<string, RankerOptions & { readonly model: NetworkKind }>> = {
  linear: { model: 'linear', learningRate: 0.004, l2: 0.01 },
  fm: { model: 'fm', factors: 16, learningRate: 0.002, l2: 0.1 },
  deepfm: {
    model: 'deepfm',
    factors: 16,
    hidden: [128, 64],
    learningRate: 0.002,
    l2: 0,
    embeddingL2: 1e-4,
    dropout: 0.2,
    batch: 340,
  },
};

/** Whether a user uses an app in a moment: AUC and logloss on labelled uses, users and apps by their ids. Beside them
 * what the pair alone tells, which is nearly as much.
 * @param items of which the apps not used are drawn */
export async function benchLabelled(
  train: readonly Use[],
  test: readonly Use[],
  items: readonly string[],
): Promise<readonly BenchRow[]> {
  const labels = test.map(({ label }) => label);
  const rows: BenchRow[] = [
    { case: 'seen-pair', metric: 'auc', value: auc(seenPair(train, test), labels), unit: 'AUC' },
  ];
  const spec = specOf(train, items);
  const encoder = createFullEncoder(spec);
  const listOf = withOthers(train, items, encoder);
  const random = prng('frappe', 'held');
  const isHeld = train.map(() => random() / 2 ** 32 < HELD);
  const part = (held: boolean) =>
    redrawnLists(
      encoder.width,
      train.filter((_, index) => isHeld[index] === held),
      listOf,
    );
  for (const [name, options] of Object.entries(OPTIONS)) {
    const { model } = await fitRanker(
      { encoder, spec: fingerprint(spec), train: part(false), validation: part(true), period: ['', ''] },
      { loss: 'pointwise', epochs: 40, patience: 2, ...options },
    );
    const scorer = await loadScorer('ranker.onnx', model, spec);
    const scores = test.map((use) => (scorer(encode(encoder, [use]), 1) as Float32Array)[0] as number);
    rows.push(
      { case: name, metric: 'auc', value: auc(scores, labels), unit: 'AUC' },
      { case: name, metric: 'logloss', value: logloss(scores, labels), unit: 'nats' },
      { case: name, metric: 'bytes', value: model.length, unit: 'B' },
    );
  }
  return rows;
}

/** Whether the pair was seen in training, then how often the app was. */
function seenPair(train: readonly Use[], test: readonly Use[]): readonly number[] {
  const pairs = new Set(train.map(({ user, item }) => `${user} ${item}`));
  const counts = new Map<string, number>();
  for (const { item } of train) counts.set(item, (counts.get(item) ?? 0) + 1);
  return test.map(
    ({ user, item }) => (pairs.has(`${user} ${item}`) ? train.length : 0) + (counts.get(item) ?? 0),
  );
}

/** Makes a list of a use and of apps, in the same moment, that its user never used. */
function withOthers(train: readonly Use[], items: readonly string[], encoder: Encoder) {
  const used = new Map<string, Set<string>>();
  for (const { user, item } of train) used.set(user, (used.get(user) ?? new Set()).add(item));
  return (use: Use, random: Prng): EncodedList => {
    const uses = [use];
    while (uses.length <= NEGATIVES) {
      const item = items[random() % items.length] as string;
      if (!used.get(use.user)?.has(item)) uses.push({ ...use, item, label: 0 });
    }
    const labels = uses.map(({ label }) => label);
    return { visitor: use.user, features: encode(encoder, uses), labels, weight: 1 };
  };
}

function specOf(train: readonly Use[], items: readonly string[]): FeatureSpec {
  const words = { group: 'use', sentence: 'How it is used played a part.' };
  const distinct = (of: (use: Use) => string) =>
    [...new Set(train.map(of))].filter((word) => word !== 'unknown');
  const signal = (name: string, vocabulary: readonly string[]) =>
    ({ kind: 'embedding', source: `custom.${name}`, vocabulary, input: name, ...words }) as const;
  return {
    format: 2,
    groups: [{ id: 'use', sentence: 'How it is used played a part.' }],
    features: [
      { kind: 'embedding', source: 'item:id', vocabulary: items, input: 'item', ...words },
      signal(
        'user',
        distinct(({ user }) => user),
      ),
      ...[...MOMENT, 'cost'].map((name) =>
        signal(
          name,
          distinct((use) => use.words[name] as string),
        ),
      ),
    ],
    phrases: {},
  };
}

/** Uses of one user in one moment. */
function encode(encoder: Encoder, uses: readonly Use[]): Float32Array {
  const [{ user, words }] = uses as readonly [Use];
  const context = createContext({ custom: { user, ...words } });
  return encoder.encode({
    context,
    profile: undefined,
    items: uses.map(({ item }) => ({ id: item })),
    now: 0,
  });
}

function logloss(logits: readonly number[], labels: readonly number[]): number {
  const losses = logits.map(
    (x, i) => Math.max(x, 0) + log(1 + Math.exp(-Math.abs(x))) - (labels[i] as number) * x,
  );
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}
