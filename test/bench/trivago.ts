import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  bootstrapMean,
  buildPack,
  type Estimate,
  expectedAtRandom,
  loadScorer,
  measure,
  rankBy,
  trainRanker,
  withPopularity,
} from '@inkling/cli';
import type { AnyFeatureSpec, SlotSpec } from '@inkling/core';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import type { Bench, BenchRow } from './bench.ts';
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

/** Ranks real hotel lists for anonymous visitors, in Node and in Chromium.
 * `--train FILE --test FILE` replace the split by time; files in the format of trivago/interactions.csv.gz. */
export const bench: Bench = async (args) => {
  const { train, test, warm } = await load([...args]);
  const spec = readSpec();
  const trained = await trainRanker(train, spec, {
    onEpoch: ({ epoch, mrr }) => process.stderr.write(`\repoch ${epoch}  validation MRR ${mrr.toFixed(4)} `),
  });
  process.stderr.write('\n');
  const catalog = [...trained.popularity].map(([id, popularity]) => withPopularity({ id }, popularity));
  const { files } = await buildPack({
    id: 'trivago-bench',
    version: 1,
    catalog,
    spec,
    slots: [SLOT],
    model: { file: 'ranker.onnx', bytes: trained.model },
    popularity: {},
    modelCard: { summary: 'Measured once, never shipped.', data: 'RecSys Challenge 2019', metrics: {} },
    holdout: 0,
    // The client checks expiry by the clock of the log.
    createdAt: new Date((test[0]?.at ?? 0) - 86_400_000),
    days: 30,
  });
  const ranked = rankInNode(test, {
    spec,
    slot: SLOT,
    scorer: await loadScorer('ranker.onnx', trained.model, spec),
    catalog: new Map(catalog.map((item) => [item.id, item])),
  });
  const inChromium = await rankInChromium(test, files);
  const differing = ranked.filter(({ list, order }) => order.join() !== inChromium.get(list.id)?.join());

  const orders: Readonly<Record<string, (entry: RankedList) => readonly number[]>> = {
    displayed: ({ list }) => [...list.items.keys()],
    popularity: ({ list }) => rankBy(list.items.map(({ id }) => trained.popularity.get(id) ?? 0)),
    'last-seen': lastSeenFirst,
    ranker: ({ list, order }) => indicesOf(list.items, order),
    'ranker-chromium': ({ list }) => indicesOf(list.items, inChromium.get(list.id) ?? []),
  };
  const values: Readonly<Record<string, readonly number[]>> = {
    random: ranked.map(({ list }) => expectedAtRandom(list.labels, 10).mrr),
    ...Object.fromEntries(
      Object.entries(orders).map(([name, order]) => [
        name,
        ranked.map((entry) => measure(order(entry), entry.list.labels, 10).mrr),
      ]),
    ),
  };
  const rows = Object.entries(values).flatMap(([name, mrr]) => {
    const baseline = values['last-seen'] as readonly number[];
    const estimate = (
      metric: string,
      of: readonly number[],
      keep: (entry: RankedList) => boolean,
    ): BenchRow => {
      const kept = ranked.flatMap((entry, index) => (keep(entry) ? [index] : []));
      const result = bootstrapMean(
        kept.map((index) => of[index] as number),
        kept.map((index) => (ranked[index] as RankedList).list.visitor),
      );
      return { case: name, metric, ...rounded(result), unit: 'MRR' };
    };
    return [
      estimate('mrr.all', mrr, () => true),
      estimate('mrr.warm', mrr, ({ list }) => warm.has(list.id)),
      estimate('mrr.cold', mrr, ({ list }) => !warm.has(list.id)),
      estimate(
        'gain.all',
        mrr.map((value, index) => value - (baseline[index] as number)),
        () => true,
      ),
    ];
  });
  if (differing.length > 0) {
    throw new Error(`Node and Chromium order ${differing.length} of ${ranked.length} lists differently.`);
  }
  return [
    ...rows,
    { case: 'agreement', metric: 'lists', value: ranked.length, unit: 'lists' },
    { case: 'agreement', metric: 'differing', value: differing.length, unit: 'lists' },
  ];
};

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

function indicesOf(items: readonly { readonly id: string }[], order: readonly string[]): readonly number[] {
  const places = new Map(items.map(({ id }, index) => [id, index]));
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
