import { createEncoder, type FeatureSpec, type Item, type Prng, prng, sigmoid } from '@inkling/core';
import { gaussianFrom, uniformFrom } from './random.ts';
import type { Moment, World } from './world.ts';

const TAGS = Array.from({ length: 12 }, (_, i) => `tag-${i}`);
const ITEMS = 60;
const CANDIDATES = 12;
const ROUNDS = 300;
/** Logit of the chance that an item without tags pleases: about one in five. */
const BASE = -1.5;

/** How a visitor's tastes differ from those the ranker was trained on. */
export interface Tastes {
  readonly name: string;
  /** Standard deviation of a tag's weight from the ranker's, as a logit. */
  readonly deviation: number;
  /** Rounds in which a deviation fades to 1/e while a new one comes; Infinity for tastes that stay as they are. */
  readonly memory: number;
}

/** A shop whose ranker knows exactly how visitors were on average when it was trained. */
export function tastesWorld({ name, deviation, memory }: Tastes): World {
  const random = prng('tastes', 'catalog');
  const normal = gaussianFrom(random);
  const catalog: readonly Item[] = Array.from({ length: ITEMS }, (_, i) => ({
    id: `item-${String(i).padStart(2, '0')}`,
    tags: sample(TAGS, 1 + Math.floor(3 * uniformFrom(random)), random),
  }));
  const average = TAGS.map(() => 0.7 * normal());
  const spec: FeatureSpec = {
    format: 2,
    groups: [{ id: 'item', sentence: 'It suits many visitors.' }],
    features: [
      { kind: 'multi-hot', source: 'item:tags', values: TAGS, group: 'item', sentence: 'It is for {tags}.' },
    ],
    phrases: {},
  };
  const logitOf = (item: Item, weights: readonly number[]) =>
    BASE + (item.tags ?? []).reduce((sum, tag) => sum + (weights[TAGS.indexOf(tag)] as number), 0);
  return {
    name,
    encoder: createEncoder(spec),
    columns: TAGS.map((_, column) => column),
    tellsFailure: false,
    scorer: (features, rows) =>
      Float32Array.from({ length: rows }, (_, row) =>
        sigmoid(
          average.reduce(
            (sum, weight, i) => sum + weight * (features[row * TAGS.length + i] as number),
            BASE,
          ),
        ),
      ),
    *visitor(seed): Iterable<Moment> {
      const random = prng(seed, 'visitor');
      const normal = gaussianFrom(random);
      const keep = memory === Infinity ? 1 : Math.exp(-1 / memory);
      let own = TAGS.map(() => deviation * normal());
      for (let round = 0; round < ROUNDS; round++) {
        const weights = own.map((offset, i) => offset + (average[i] as number));
        const items = sample(catalog, CANDIDATES, random);
        yield { items, pleases: items.map((item) => sigmoid(logitOf(item, weights))) };
        // Ornstein and Uhlenbeck's walk: its deviation stays the same while it wanders.
        if (keep < 1) own = own.map((x) => keep * x + Math.sqrt(1 - keep * keep) * deviation * normal());
      }
    },
  };
}

function sample<T>(all: readonly T[], count: number, random: Prng): readonly T[] {
  const rest = [...all];
  return Array.from(
    { length: count },
    () => rest.splice(Math.floor(uniformFrom(random) * rest.length), 1)[0] as T,
  );
}
