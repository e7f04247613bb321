import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import {
  bootstrapMean,
  buildPack,
  type Estimate,
  expectedAtRandom,
  type Log,
  measure,
  popularity,
  rankBy,
} from '@inkling/cli';
import type { AnyFeatureSpec, SlotSpec } from '@inkling/core';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import type { Bench, BenchRow } from './bench.ts';
import { type Candidate, fitCandidates } from './trivago/fit-candidates.ts';
import { rankInChromium } from './trivago/rank-in-chromium.ts';
import { type RankedList, rankInNode } from './trivago/rank-in-node.ts';
import { readTrivago } from './trivago/read-trivago.ts';
import { splitByTime } from './trivago/split-by-time.ts';

const SLOT: SlotSpec = {
  id: 'results',
  kind: 'order',
  decide: 'client',
  policy: { type: 'greedy' },
  rules: [],
};

/** Ranks real hotel lists for anonymous visitors, in Node and in Chromium. The case `ranker` is the one of the others that
 * orders visitors of the training part best who were left out of it (`validation.mrr`).
 * `--train FILE --test FILE` replace the split by time; files in the format of trivago/interactions.csv.gz. */
export const bench: Bench = async (args) => {
  const { train, test, warm } = await load([...args]);
  const spec = readSpec();
  const rankers = await fitCandidates(train, spec);
  const chosen = rankers[0] as Candidate;
  process.stderr.write(`ranker: ${chosen.name}\n`);
  const ranked = new Map(
    rankers.map(({ name, scorer }) => [
      name,
      rankInNode(test, { spec, slot: SLOT, scorer, catalog: new Map() }),
    ]),
  );
  const lists = ranked.get(chosen.name) as readonly RankedList[];
  await checkInChromium(lists, test, spec, chosen);

  const popular = popularity(train);
  const orders: Readonly<Record<string, readonly (readonly number[])[]>> = {
    displayed: lists.map(({ list }) => [...list.items.keys()]),
    popularity: lists.map(({ list }) => rankBy(list.items.map(({ id }) => popular.get(id) ?? 0))),
    'last-seen': lists.map(lastSeenFirst),
    ...Object.fromEntries([...ranked].map(([name, of]) => [name, of.map(indices)])),
    ranker: lists.map(indices),
  };
  const values: Readonly<Record<string, readonly number[]>> = {
    random: lists.map(({ list }) => expectedAtRandom(list.labels, 10).mrr),
    ...Object.fromEntries(
      Object.entries(orders).map(([name, order]) => [
        name,
        lists.map(({ list }, index) => measure(order[index] as readonly number[], list.labels, 10).mrr),
      ]),
    ),
  };
  const baseline = values['last-seen'] as readonly number[];
  const parts: Readonly<Record<string, (list: RankedList) => boolean>> = {
    all: () => true,
    warm: ({ list }) => warm.has(list.id),
    cold: ({ list }) => !warm.has(list.id),
  };
  const rows = Object.entries(values).flatMap(([name, mrr]) => {
    const gain = mrr.map((value, index) => value - (baseline[index] as number));
    return Object.entries({ mrr, gain }).flatMap(([metric, of]) =>
      Object.entries(parts).map(([part, keep]): BenchRow => {
        const kept = [...lists.keys()].filter((index) => keep(lists[index] as RankedList));
        const result = bootstrapMean(
          kept.map((index) => of[index] as number),
          kept.map((index) => (lists[index] as RankedList).list.visitor),
        );
        return { case: name, metric: `${metric}.${part}`, ...rounded(result), unit: 'MRR' };
      }),
    );
  });
  const costs = [...rankers, { ...chosen, name: 'ranker' }].flatMap(
    ({ name, model, validation, seconds }): BenchRow[] => [
      { case: name, metric: 'validation.mrr', value: Math.round(validation * 1e4) / 1e4, unit: 'MRR' },
      { case: name, metric: 'bytes', value: brotliCompressSync(model).length, unit: 'B, brotli' },
      { case: name, metric: 'training', value: Math.round(seconds * 10) / 10, unit: 's' },
    ],
  );
  return [
    ...rows,
    ...costs,
    { case: 'agreement', metric: 'lists', value: lists.length, unit: 'lists' },
    { case: 'agreement', metric: 'differing', value: 0, unit: 'lists' },
  ];
};

/** Throws where a page orders a list otherwise. */
async function checkInChromium(
  lists: readonly RankedList[],
  test: Log,
  spec: AnyFeatureSpec,
  { model }: Candidate,
): Promise<void> {
  const { files } = await buildPack({
    id: 'trivago-bench',
    version: 1,
    catalog: [],
    spec,
    slots: [SLOT],
    model: { file: 'ranker.onnx', bytes: model },
    popularity: {},
    modelCard: { summary: 'Measured once, never shipped.', data: 'RecSys Challenge 2019', metrics: {} },
    holdout: 0,
    // The client checks expiry by the clock of the log.
    createdAt: new Date((test[0]?.at ?? 0) - 86_400_000),
    days: 30,
  });
  const inChromium = await rankInChromium(test, files);
  const differing = lists.filter(({ list, order }) => order.join() !== inChromium.get(list.id)?.join());
  if (differing.length > 0) {
    throw new Error(`Node and Chromium order ${differing.length} of ${lists.length} lists differently.`);
  }
}

async function load(args: string[]) {
  const { values } = parseArgs({ args, options: { train: { type: 'string' }, test: { type: 'string' } } });
  if (values.train && values.test) {
    const train = await readTrivago(values.train);
    const test = await readTrivago(values.test);
    return { train: train.log, test: test.log, warm: test.warm };
  }
  const data = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
  const whole = await readTrivago(values.train ?? values.test ?? join(data, 'trivago/interactions.csv.gz'));
  return { ...splitByTime(whole), warm: whole.warm };
}

function lastSeenFirst({ list, profile }: RankedList): readonly number[] {
  const displayed = [...list.items.keys()];
  const last = list.items.findIndex(({ id }) => id === profile.recents[0]?.id);
  return last < 0 ? displayed : [last, ...displayed.filter((index) => index !== last)];
}

function indices({ list, order }: RankedList): readonly number[] {
  const places = new Map(list.items.map(({ id }, index) => [id, index]));
  return order.map((id) => places.get(id) as number);
}

function readSpec(): AnyFeatureSpec {
  return featureSpecSchema.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, 'trivago/features.json'), 'utf8')),
  );
}

function rounded({ value, low, high }: Estimate): Estimate {
  const round = (x: number) => Math.round(x * 1e4) / 1e4;
  return { value: round(value), low: round(low), high: round(high) };
}
