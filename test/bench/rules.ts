import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  bootstrapMean,
  buildDataset,
  compileRules,
  type Estimate,
  encodedInMemory,
  judgeRules,
  type Log,
  loadScorer,
  measure,
  type Rule,
  rankBy,
  rulesRanker,
  sayRule,
} from '@inkling/cli';
import type { Bench, BenchRow } from './bench.ts';
import { readTrivago } from './trivago/read-trivago.ts';
import { splitByTime } from './trivago/split-by-time.ts';

const DECLARED: readonly Rule[] = [{ prefer: 'cheap', strength: 'weak', because: 'Its price suits many.' }];

const SETS: Readonly<Record<string, readonly Rule[]>> = { standing: [], 'and cheap': DECLARED };

/** What rules alone, without any data, do on real hotel lists, and what the lists of the day before say of each rule.
 * `--train FILE --test FILE` replace the split by time; files in the format of trivago/interactions.csv.gz. */
export const bench: Bench = async (args) => {
  const { train, test } = await load([...args]);
  const rows = await Promise.all(
    Object.entries(SETS).map(async ([name, rules]): Promise<readonly BenchRow[]> => {
      const { model, spec } = rulesRanker(rules, 'rules.json');
      const scorer = await loadScorer('ranker.onnx', model, spec);
      const examples = buildDataset(test, spec, () => undefined).examples.filter(({ list }) =>
        list.labels.some(Boolean),
      );
      const visitors = examples.map(({ list }) => list.visitor);
      const mrr = examples.map(
        ({ list, features }) => measure(rankBy(scorer(features, list.items.length)), list.labels, 10).mrr,
      );
      const displayed = examples.map(({ list }) => measure([...list.items.keys()], list.labels, 10).mrr);
      const lastSeen = examples.map(({ list, profile }) => {
        const rows = [...list.items.keys()];
        const last = list.items.findIndex(({ id }) => id === profile.recents[0]?.id);
        return measure(last < 0 ? rows : [last, ...rows.filter((row) => row !== last)], list.labels, 10).mrr;
      });
      const over = (baseline: readonly number[]) => mrr.map((value, i) => value - (baseline[i] as number));
      return [
        ['mrr.all', mrr] as const,
        ['gain.displayed', over(displayed)] as const,
        ['gain.last-seen', over(lastSeen)] as const,
      ].map(([metric, values]) => ({
        case: `rules: ${name}`,
        metric,
        ...rounded(bootstrapMean(values, visitors)),
        unit: 'MRR',
      }));
    }),
  );
  return [...rows.flat(), ...(await judged(train))];
};

async function judged(train: Log): Promise<readonly BenchRow[]> {
  const compiled = compileRules(DECLARED, 'rules.json');
  const { width, examples } = buildDataset(train, compiled.spec, () => undefined);
  const rules = await judgeRules(compiled, encodedInMemory(width, examples));
  return rules.map(({ rule, verdict, learnt, low, high }) => ({
    case: `${sayRule(rule)}: ${verdict}`,
    metric: 'weight',
    ...rounded({ value: learnt, low, high }),
    unit: 'utility',
  }));
}

async function load(args: string[]): Promise<{ readonly train: Log; readonly test: Log }> {
  const { values } = parseArgs({ args, options: { train: { type: 'string' }, test: { type: 'string' } } });
  if (values.train && values.test) {
    return { train: (await readTrivago(values.train)).log, test: (await readTrivago(values.test)).log };
  }
  const data = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
  return splitByTime(
    await readTrivago(values.train ?? values.test ?? join(data, 'trivago/interactions.csv.gz')),
  );
}

function rounded({ value, low, high }: Estimate): Estimate {
  const round = (x: number) => Math.round(x * 1e4) / 1e4;
  return { value: round(value), low: round(low), high: round(high) };
}
