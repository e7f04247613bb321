import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createContext, createEncoder, type FeatureSpec, type Item, prng, sigmoid } from '@inkling/core';
import { fitLogistic } from './fit-logistic.ts';
import { uniformFrom } from './random.ts';
import type { Moment, World } from './world.ts';

const ROUNDS = 2000;
const TRAINED_ON = 1000;
/** What the device may learn of a mushroom: 32 columns. */
const LEARNT = ['odor', 'spore-print-color', 'gill-color', 'gill-size'];
/** What a poor ranker looks at. */
const POOR = ['cap-shape', 'cap-surface', 'cap-color', 'habitat'];

interface Mushroom {
  readonly poisonous: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The mushroom bandit (UCI Mushroom; Blundell et al., ICML 2015, section 5.3): eat or skip. To skip gives 0, an edible
 * one +5, a poisonous one +5 or -35, each half of the time. As successes: p = 1 or 0.5 to eat, and 35/40 to skip.
 * The ranker was trained on a thousand other mushrooms, by all their attributes or by a few poor ones.
 * @returns undefined where the data is absent */
export function mushroomWorld(folder: string, ranker: 'good' | 'poor'): World | undefined {
  const file = join(folder, 'mushroom/mushroom.csv.gz');
  if (!existsSync(file)) return undefined;
  const [header = [], ...rows] = gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const names = header.slice(1);
  const all: readonly Mushroom[] = rows.map(([kind, ...values]) => ({
    poisonous: kind === 'p',
    attributes: Object.fromEntries(names.map((name, i) => [name, values[i] as string])),
  }));
  const spec: FeatureSpec = {
    format: 2,
    groups: [{ id: 'item', sentence: 'It looks edible.' }],
    features: names.map((attribute) => ({
      kind: 'multi-hot',
      source: `attribute:${attribute}`,
      values: [...new Set(all.map(({ attributes }) => attributes[attribute] as string))].sort(),
      group: 'item',
      sentence: 'It looks edible.',
    })),
    phrases: {},
  };
  const encoder = createEncoder(spec);
  const nameOf = (column: number) => names[encoder.featureOf[column] as number] as string;
  const shuffled = shuffle(all, 'mushroom');
  const training = shuffled.slice(0, TRAINED_ON);
  const seen = encoder.encode({
    context: createContext(),
    profile: undefined,
    items: training.map(eat),
    now: 0,
  });
  const known = encoder.featureOf.flatMap((_, column) =>
    ranker === 'good' || POOR.includes(nameOf(column)) ? [column] : [],
  );
  const edible = fitLogistic(
    seen,
    encoder.width,
    known,
    training.map(({ poisonous }) => !poisonous),
  );
  return {
    name: `mushroom, ${ranker} ranker`,
    encoder,
    columns: encoder.featureOf
      .flatMap((_, column) => (LEARNT.includes(nameOf(column)) ? [column] : []))
      .slice(0, 32),
    tellsFailure: true,
    scorer: (features, rows) =>
      Float32Array.from({ length: rows }, (_, row) => {
        const x = features.subarray(row * encoder.width, (row + 1) * encoder.width);
        return x.some(Boolean) ? (1 + sigmoid(edible(x))) / 2 : SKIP;
      }),
    *visitor(seed): Iterable<Moment> {
      for (const mushroom of shuffle(shuffled.slice(TRAINED_ON), seed).slice(0, ROUNDS)) {
        yield { items: [eat(mushroom), { id: 'skip' }], pleases: [mushroom.poisonous ? 0.5 : 1, SKIP] };
      }
    },
  };
}

const SKIP = 35 / 40;

function eat({ attributes }: Mushroom): Item {
  return { id: 'eat', attributes };
}

function shuffle<T>(all: readonly T[], seed: string): readonly T[] {
  const random = prng(seed, 'shuffle');
  return all
    .map((value) => ({ value, key: uniformFrom(random) }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
