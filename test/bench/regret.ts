import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PolicySpec } from '@inkling/core';
import type { Bench, BenchRow } from './bench.ts';
import { meanInterval } from './regret/interval.ts';
import { linePlot } from './regret/line-plot.ts';
import { mushroomWorld } from './regret/mushroom-world.ts';
import { type Learning, type Played, play } from './regret/play.ts';
import { POLICIES, type Policies } from './regret/policies.ts';
import { tastesWorld } from './regret/tastes-world.ts';
import type { World } from './regret/world.ts';

/** How much a device that learns loses and wins over the ranker alone, where visitors are as the ranker was told, each
 * has tastes of their own, or tastes drift; and on the mushroom bandit. Regret is what the best choice of each round
 * would have brought more, as a share of all that it would have brought.
 * `--visitors N` (of the simulated worlds; a fifth of that in mushroom's), `--plots FOLDER` writes the pictures,
 * `--prior DEVIATION`, `--forgetting FACTOR`; other visitors with `--seed TEXT`, and other policies than the usual with
 * `--policies JSON`, an object of policies by name, to choose by. */
export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      visitors: { type: 'string', default: '40' },
      plots: { type: 'string' },
      prior: { type: 'string', default: '0.5' },
      forgetting: { type: 'string', default: '0.99' },
      seed: { type: 'string', default: 'visitor' },
      policies: { type: 'string' },
    },
  });
  const data = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
  const learning = { priorDeviation: Number(values.prior), forgetting: Number(values.forgetting) };
  const visitors = Number(values.visitors);
  const policies: Policies = values.policies === undefined ? POLICIES : JSON.parse(values.policies);
  const mushrooms = (['good', 'poor'] as const).map((ranker) => mushroomWorld(data, ranker));
  if (mushrooms.includes(undefined)) console.error(`skipped: mushroom, which is not in ${data}`);
  const worlds: readonly (readonly [World, number])[] = [
    [tastesWorld({ name: 'tastes as trained', deviation: 0, memory: Infinity }), visitors],
    [tastesWorld({ name: 'tastes of their own', deviation: 0.8, memory: Infinity }), visitors],
    [tastesWorld({ name: 'tastes that drift', deviation: 0.8, memory: 150 }), visitors],
    ...mushrooms.flatMap((world) => (world ? [[world, Math.ceil(visitors / 5)] as const] : [])),
  ];
  return worlds.flatMap(([world, count]) => {
    const seeds = Array.from({ length: count }, (_, i) => `${values.seed} ${i}`);
    return measure({ world, seeds, learning, policies, plots: values.plots });
  });
};

interface Comparison {
  readonly world: World;
  /** Of the visitors. */
  readonly seeds: readonly string[];
  readonly learning: Learning;
  readonly policies: Policies;
  /** Where the picture goes. */
  readonly plots: string | undefined;
}

function measure({ world, seeds, learning, policies, plots }: Comparison): readonly BenchRow[] {
  const runs = (policy: PolicySpec, learns: boolean) =>
    seeds.map((seed) => play(world, seed, policy, learns ? learning : undefined));
  const alone = runs({ type: 'greedy' }, false);
  const row = (name: string, metric: string, shares: readonly number[]): BenchRow => {
    const { mean, low, high } = meanInterval(shares.map((share) => 100 * share));
    return { case: `${world.name}: ${name}`, metric, value: mean, low, high, unit: '%' };
  };
  const rows = [row('ranker alone', 'regret', alone.map(regretOf))];
  const lines = [{ name: 'ranker alone', values: meanRegret(alone) }];
  for (const [name, policy] of Object.entries(policies)) {
    const learnt = runs(policy, true);
    const same = name === 'greedy' ? alone : runs(policy, false);
    rows.push(
      row(name, 'regret', learnt.map(regretOf)),
      row(name, 'excess over the ranker alone', excess(learnt, alone)),
      row(name, 'excess over the same policy, not learning', excess(learnt, same)),
    );
    // Whoever draws at random loses so much more that beside it all others look alike.
    if (name !== 'uniform') lines.push({ name, values: meanRegret(learnt) });
  }
  if (plots !== undefined) {
    mkdirSync(plots, { recursive: true });
    const file = `regret-${world.name.replace(/[^a-z]+/g, '-')}.svg`;
    const unit = `regret so far in successes, mean of ${seeds.length} visitors`;
    writeFileSync(join(plots, file), linePlot(`Learning on the device: ${world.name}`, unit, lines));
  }
  return rows;
}

function regretOf({ best, made }: Played): number {
  return 1 - (made.at(-1) as number) / (best.at(-1) as number);
}

/** Visitor by visitor, since both met the same. */
function excess(learnt: readonly Played[], other: readonly Played[]): readonly number[] {
  return learnt.map((played, i) => regretOf(played) - regretOf(other[i] as Played));
}

function meanRegret(runs: readonly Played[]): Float64Array {
  const [first] = runs as [Played];
  return first.best.map(
    (_, round) =>
      runs.reduce((sum, { best, made }) => sum + (best[round] as number) - (made[round] as number), 0) /
      runs.length,
  );
}
