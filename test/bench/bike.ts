import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  bootstrapMean,
  encodedInMemory,
  fingerprint,
  fitRanker,
  loadScorer,
  type RankerOptions,
} from '@inkling/cli';
import { type Encoder, emptyProfile, type Feature, type FeatureSpec, log } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import type { Bench, BenchRow } from './bench.ts';
import { type Hour, readHours } from './bike/read-hours.ts';

const words = { group: 'moment', sentence: 'The moment played a part.' };
/** What each case adds to the one before. */
const CASES: readonly (readonly [string, readonly Feature[]])[] = [
  [
    'hour',
    [
      {
        kind: 'one-hot',
        source: 'time.hour',
        values: Array.from({ length: 24 }, (_, hour) => `${hour}`),
        ...words,
      },
    ],
  ],
  ['+workingday', [{ kind: 'one-hot', source: 'custom.working', values: ['true', 'false'], ...words }]],
  [
    '+weather',
    [
      { kind: 'one-hot', source: 'weather.condition', values: ['clear', 'cloud', 'rain', 'storm'], ...words },
      {
        kind: 'one-hot',
        source: 'weather.temperature',
        values: ['freezing', 'cold', 'mild', 'warm', 'hot'],
        ...words,
      },
      { kind: 'one-hot', source: 'weather.wind', values: ['calm', 'breezy', 'windy'], ...words },
    ],
  ],
  [
    '+season',
    [{ kind: 'one-hot', source: 'time.season', values: ['winter', 'spring', 'summer', 'autumn'], ...words }],
  ],
];
/** Chosen by the loss on the days that stop training. */
const OPTIONS: RankerOptions = {
  model: 'mlp',
  loss: 'pointwise',
  output: 'probability',
  hidden: [16],
  learningRate: 0.0005,
  l2: 0.1,
  patience: 8,
  batch: 64,
};
/** The logarithm that a score of 1 stands for: no hour had more. */
const MOST = log(1 + 2000);

/** How well the moment tells how many bikes are hired: RMSLE of an MLP over what the product's encoder makes of it. Tests
 * on the days from the 23rd of each month. `--train FILE --test FILE` replace that split. */
export const bench: Bench = async (args) => {
  const { train, test } = await load([...args]);
  const rows: BenchRow[] = [];
  for (const [index, [name]] of CASES.entries()) {
    const features = CASES.slice(0, index + 1).flatMap(([, added]) => added);
    const spec: FeatureSpec = {
      format: 2,
      groups: [{ id: 'moment', sentence: 'The moment played a part.' }],
      features,
      phrases: {},
    };
    const encoder = createFullEncoder(spec);
    const [fitted, held] = [train.filter((hour) => !isHeld(hour)), train.filter(isHeld)];
    const fit = (on: readonly Hour[], stopOn: readonly Hour[], epochs: number) =>
      fitRanker(
        {
          encoder,
          spec: fingerprint(spec),
          train: encoded(encoder, on),
          validation: encoded(encoder, stopOn),
          period: [train[0]?.day ?? '', train.at(-1)?.day ?? ''],
        },
        { ...OPTIONS, epochs },
      );
    // The days that say when to stop are learnt from, too, once that is known.
    const { summary } = await fit(fitted, held, 100);
    const ranker = await fit(train, [], summary.epochs);
    const scorer = await loadScorer('ranker.onnx', ranker.model, spec);
    const squares = test.map((hour) => {
      const [score = 0] = scorer(encode(encoder, hour), 1) as Float32Array;
      return (score * MOST - log(1 + hour.count)) ** 2;
    });
    const { value, low, high } = bootstrapMean(
      squares,
      test.map(({ day }) => day),
    );
    const [rmsle, least, most] = [value, low, high].map(Math.sqrt) as [number, number, number];
    rows.push({ case: name, metric: 'rmsle', value: rmsle, low: least, high: most, unit: 'RMSLE' });
    rows.push({ case: name, metric: 'bytes', value: ranker.model.length, unit: 'B' });
  }
  return rows;
};

async function load(
  args: string[],
): Promise<{ readonly train: readonly Hour[]; readonly test: readonly Hour[] }> {
  const { values } = parseArgs({ args, options: { train: { type: 'string' }, test: { type: 'string' } } });
  const data = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
  const file = join(data, 'bike-sharing/hour_2011.csv.gz');
  const isLate = ({ day }: Hour) => Number(day.slice(8)) >= 23;
  return {
    train: values.train
      ? await readHours(values.train)
      : (await readHours(file)).filter((hour) => !isLate(hour)),
    test: values.test ? await readHours(values.test) : (await readHours(file)).filter(isLate),
  };
}

/** Whether the hour's day is one of those that stop training: each eighth, so that all weekdays and seasons are there. */
function isHeld({ day }: Hour): boolean {
  return Math.floor(Date.parse(day) / 86_400_000) % 8 === 3;
}

/** Each hour a list of its own, of which a share of the most bikes was chosen: the expectation of the logistic loss is
 * then least where the score is the mean of the logarithm. */
function encoded(encoder: Encoder, hours: readonly Hour[]) {
  const examples = hours.map((hour, index) => ({
    list: {
      kind: 'list' as const,
      id: `${index}`,
      visitor: hour.day,
      at: index,
      context: {},
      items: [{ id: 'bike' }],
      labels: [log(1 + hour.count) / MOST],
      propensity: 1,
    },
    features: encode(encoder, hour),
    profile: emptyProfile(0, ''),
  }));
  return encodedInMemory(encoder.width, examples);
}

function encode(encoder: Encoder, { context }: Hour): Float32Array {
  return encoder.encode({ context, profile: undefined, items: [{ id: 'bike' }], now: 0 });
}
