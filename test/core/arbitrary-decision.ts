import {
  type AdaptSpec,
  type Context,
  createContext,
  createEncoder,
  type DecideRequest,
  emptyProfile,
  type FeatureSpec,
  type Item,
  type ModelOutput,
  type Posterior,
  prng,
  type Scorer,
} from '@inkling/core';
import { createAdapter } from '@inkling/core/adapt';
import { fullFeatures } from '@inkling/core/full';
import fc from 'fast-check';

export const TAGS = ['rain', 'sun', 'coffee', 'constructor', '__proto__', 'pregnancy', 'debt'] as const;
/** Words that appear nowhere but as tags, in no sentence and no group. */
export const SENSITIVE: ReadonlySet<string> = new Set(['pregnancy', 'debt']);
const CONDITIONS = ['rain', 'clear', 'snow'] as const;
const FORMS = ['phone', 'desktop'] as const;

const base = (group: string) => ({ group, sentence: `${group}: {tags} {weather.condition}` });
const features: FeatureSpec['features'] = [
  { kind: 'one-hot', source: 'weather.condition', values: CONDITIONS, ...base('weather') },
  { kind: 'one-hot', source: 'device.form', values: FORMS, ...base('device') },
  { kind: 'multi-hot', source: 'item:tags', values: TAGS, ...base('item') },
  { kind: 'number', source: 'affinity:mean', indicator: false, ...base('taste') },
  { kind: 'number', source: 'affinity:max', indicator: false, ...base('taste') },
  { kind: 'number', source: 'item:price', transforms: [{ type: 'share' }], ...base('price') },
  { kind: 'number', source: 'list:position', transforms: [{ type: 'reciprocal' }], ...base('price') },
];
export const spec: FeatureSpec = {
  format: 2,
  groups: ['weather', 'device', 'item', 'taste', 'price'].map((id) => ({ id, sentence: `${id}.` })),
  features,
  phrases: { tags: { rain: 'rainy days' } },
};
export const encoder = createEncoder(spec, fullFeatures);
/** The columns of the tags. */
export const adaptSpec: AdaptSpec = {
  columns: encoder.featureOf.flatMap((feature, column) =>
    features[feature]?.kind === 'multi-hot' ? [column] : [],
  ),
  names: TAGS,
  priorDeviation: 0.5,
  forgetting: 0.99,
};

const items: fc.Arbitrary<readonly Item[]> = fc
  .array(
    fc.record({
      tags: fc.uniqueArray(fc.constantFrom(...TAGS), { maxLength: 3 }),
      price: fc.integer({ min: 1, max: 50 }),
      available: fc.integer({ max: 9, min: 0 }).map((n) => n > 0),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((all) => all.map((item, i) => ({ id: `item-${i}`, ...item })));

const context: fc.Arbitrary<Context> = fc
  .record({
    condition: fc.option(fc.constantFrom(...CONDITIONS)),
    form: fc.option(fc.constantFrom(...FORMS)),
  })
  .map(({ condition, form }) =>
    createContext({ weather: condition ? { condition } : {}, device: form ? { form } : {} }),
  );

const posterior: fc.Arbitrary<Posterior> = fc
  .option(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: TAGS.length, maxLength: TAGS.length }), {
    nil: undefined,
  })
  .map((mean) => (mean ? { names: adaptSpec.names, mean: mean.map((m) => m / 10) } : {}));

/** A ranker that multiplies features with each other, so that groups interact. */
export function scorerOf(seed: string, output: ModelOutput): Scorer {
  const { width } = encoder;
  const random = prng(seed, 'weights');
  const weights = Float64Array.from({ length: 4 * width }, () => random() / 2 ** 31 - 1);
  return (rows, count) =>
    Float32Array.from({ length: count }, (_, row) => {
      const units = [0, 1, 2, 3].map((unit) => {
        let sum = 0;
        for (let c = 0; c < width; c++) {
          sum += (weights[unit * width + c] as number) * (rows[row * width + c] as number);
        }
        return Math.max(-1, sum);
      }) as [number, number, number, number];
      const score = units[0] * units[1] + units[2] - units[3];
      return output === 'probability' ? 1 / (1 + Math.abs(score)) : score;
    });
}

/** Whole decisions: any moment, any past, any policy that every slot may have. */
export const request: fc.Arbitrary<DecideRequest> = fc
  .record({
    items,
    context,
    posterior,
    likes: fc.dictionary(fc.constantFrom(...TAGS), fc.integer({ min: -3, max: 5 })),
    dismissed: fc.subarray(['item-1', 'item-3']),
    known: fc.boolean(),
    output: fc.constantFrom<ModelOutput>('logit', 'utility', 'probability'),
    seed: fc.string(),
    epsilon: fc.constantFrom(0, 0.5),
    lambda: fc.constantFrom(1, 0.5),
    pin: fc.boolean(),
    excluded: fc.option(fc.constantFrom(...TAGS)),
    k: fc.integer({ min: 1, max: 6 }),
  })
  .map((world) => ({
    slot: {
      id: 'grid',
      kind: 'order' as const,
      k: world.k,
      decide: 'client' as const,
      policy: { type: 'epsilon' as const, epsilon: world.epsilon },
      rules: [
        ...(world.pin ? [{ type: 'pin' as const, item: 'item-2', position: 1 }] : []),
        ...(world.excluded ? [{ type: 'exclude' as const, tag: world.excluded }] : []),
      ],
      diversity: { lambda: world.lambda },
    },
    candidates: world.items.map((item) => ({ item, source: 'authored' as const })),
    authored: world.items.map(({ id }) => id),
    context: world.context,
    profile: world.known
      ? {
          ...emptyProfile(0, 's'),
          posterior: world.posterior,
          dismissed: world.dismissed,
          affinities: Object.fromEntries(
            Object.entries(world.likes).map(([tag, n]) => [tag, [n, 0] as const]),
          ),
        }
      : undefined,
    encoder,
    scorer: scorerOf(world.seed, world.output),
    adapter: createAdapter(adaptSpec, world.output),
    arm: 'personalized' as const,
    shown: new Set(['item-0'].filter(() => world.seed.length % 3 === 0)),
    seed: world.seed,
    now: 1000,
  }));
