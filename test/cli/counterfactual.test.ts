import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  type Example,
  estimateValue,
  type Impression,
  itemShares,
  refusalsOf,
  roundsOfShares,
  roundsOfSlates,
  runCounterfactual,
  runTrain,
  supportOf,
} from '@inkling/cli';
import { emptyProfile, type PolicySpec, prng, type SlotSpec } from '@inkling/core';
import { fullSlateKinds } from '@inkling/core/full';
import { array, assert, double, integer, property, record } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readObd } from '../bench/obd/read-obd.ts';
import { valueLog } from '../bench/obd/value-log.ts';

const DATA = join(process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data'), 'obd');

const impression = (over: Partial<Impression>): Impression => ({
  visitor: 'v',
  item: 'a',
  position: 0,
  reward: 0,
  propensity: 0.5,
  ...over,
});

test('whatever the log, valued by its own policy it has its mean reward', () => {
  const logs = array(
    record({ p: double({ min: 0.001, max: 1, noNaN: true }), reward: integer({ min: 0, max: 3 }) }),
    { minLength: 1, maxLength: 50 },
  );
  assert(
    property(logs, (log) => {
      const none = Float64Array.of();
      const rounds = log.map(({ p, reward }, i) => ({
        visitor: `v${i % 7}`,
        reward,
        logged: p,
        target: p,
        features: none,
        expected: none,
        unsupported: 0,
        unexplored: 0,
      }));
      const mean = log.reduce((sum, { reward }) => sum + reward, 0) / log.length;
      const { ips, snips } = estimateValue(rounds);
      expect([ips.value, snips.value]).toEqual([mean, mean]);
    }),
  );
});

describe('shares of items by position', () => {
  const log = [
    impression({ item: 'a', position: 1, reward: 1 }),
    impression({ item: 'b', position: 1 }),
    impression({ item: 'a', position: 2, propensity: 1 }),
    impression({ item: 'a', position: 2, propensity: 1 }),
  ];
  test('are what the other log shows', () => {
    const shares = itemShares([...log, impression({ item: 'b', position: 2 })]);
    expect(shares.get(1)).toEqual(new Map(Object.entries({ a: 0.5, b: 0.5 })));
    expect(shares.get(2)?.get('b')).toBeCloseTo(1 / 3, 12);
  });

  test('say of each impression how probable it is, what is never shown, and what was never explored', () => {
    const target = new Map([
      [1, new Map(Object.entries({ a: 0.2, b: 0.5, c: 0.3 }))],
      [2, new Map(Object.entries({ a: 0.6, b: 0.4 }))],
    ]);
    const rounds = roundsOfShares(log, target);
    expect(rounds.map((round) => round.target)).toEqual([0.2, 0.5, 0.6, 0.6]);
    expect(rounds.map(({ unsupported }) => unsupported)).toEqual([0.3, 0.3, 0, 0]);
    expect(rounds.map(({ unexplored }) => unexplored)).toEqual([0, 0, 0.4, 0.4]);
    for (const { features, expected } of rounds) {
      expect(features.reduce((a, b) => a + b, 0)).toBe(2);
      expect(expected.reduce((a, b) => a + b, 0)).toBeCloseTo(2, 12);
    }
  });

  test('a position that the other log does not have is not supported', () => {
    expect(roundsOfShares(log, new Map())[0]).toMatchObject({ target: 0, unsupported: 1 });
  });
});

describe('slates', () => {
  const ids = ['a', 'b', 'c'];
  const logging = [0.5, 0, -0.5];
  const target = [-1, 0.5, 0.8];
  const softmax: PolicySpec = { type: 'softmax', temperature: 1 };
  const slot = (policy: PolicySpec): SlotSpec => ({
    id: 'grid',
    kind: 'order',
    k: 2,
    decide: 'client',
    policy,
    rules: [],
  });
  const policyOf = (scores: readonly number[], policy: PolicySpec) => ({
    slot: slot(policy),
    output: 'logit' as const,
    // A row's only feature is the place of its item among the ids.
    scorer: (features: Float32Array) => [...features].map((place) => scores[place] as number),
  });
  const clicks = (id: string, position: number) => ({ a: 0.2, b: 0.5, c: 0.8 })[id as 'a'] / (1 + position);
  const random = prng('clicks', 'test');

  /** A list as the logging policy drew it, then the item that it left out. */
  const listOf = (policy: PolicySpec, i: number): Example => {
    const slate = fullSlateKinds.build({
      slot: slot(policy),
      items: ids.map((id) => ({ id })),
      scores: logging,
      excluded: new Set(),
      authored: [],
      seed: `${i}`,
      now: 0,
    });
    const shown = slate.map(({ id }) => id);
    const rows = [...shown, ...ids.filter((id) => !shown.includes(id))];
    return {
      features: Float32Array.from(rows, (id) => ids.indexOf(id)),
      profile: emptyProfile(0, 'v'),
      list: {
        kind: 'list',
        id: `${i}`,
        visitor: `v${i}`,
        at: 0,
        context: {},
        items: rows.map((id) => ({ id })),
        labels: rows.map((id, row) => Number(row < 2 && random() / 2 ** 32 < clicks(id, row))),
        propensities: [...slate.map(({ propensity }) => propensity), 1],
        propensity: 1,
      },
    };
  };
  const log = Array.from({ length: 3000 }, (_, i) => listOf(softmax, i));

  test('valued by the policy that drew them, every weight is 1', () => {
    const rounds = roundsOfSlates(log, policyOf(logging, softmax), 'log');
    for (const round of rounds) expect(round.target).toBeCloseTo(round.logged, 12);
    const mean = rounds.reduce((sum, { reward }) => sum + reward, 0) / rounds.length;
    expect(estimateValue(rounds).ips.value).toBeCloseTo(mean, 12);
  });

  test('valued by another, the intervals hold the value that all six slates add up to', () => {
    const weight = target.map(Math.exp);
    let truth = 0;
    for (const first of [0, 1, 2]) {
      for (const second of [0, 1, 2].filter((other) => other !== first)) {
        const rest = weight.reduce((a, b) => a + b, 0) - (weight[first] as number);
        const probability =
          ((weight[first] as number) / (rest + (weight[first] as number))) *
          ((weight[second] as number) / rest);
        truth += probability * (clicks(ids[first] as string, 0) + clicks(ids[second] as string, 1));
      }
    }
    const rounds = roundsOfSlates(log, policyOf(target, softmax), 'log');
    expect(refusalsOf(supportOf(rounds))).toEqual([]);
    const { ips, snips, dr } = estimateValue(rounds);
    const mean = rounds.reduce((sum, { reward }) => sum + reward, 0) / rounds.length;
    for (const { value, low, high } of [ips, snips, dr]) {
      expect(low).toBeLessThan(truth);
      expect(high).toBeGreaterThan(truth);
      // The log's own mean is no answer.
      expect(Math.abs(value - truth)).toBeLessThan(0.3 * Math.abs(mean - truth));
    }
  });

  test('a log that was always certain explores no place, and cannot value what changes one', () => {
    const certain = Array.from({ length: 200 }, (_, i) => listOf({ type: 'greedy' }, i));
    const changed = supportOf(roundsOfSlates(certain, policyOf(target, { type: 'greedy' }), 'log'));
    expect(changed.unexplored).toBe(1);
    expect(refusalsOf(changed).map(({ code }) => code)).toContain('unexplored');
    const same = supportOf(roundsOfSlates(certain, policyOf(logging, { type: 'greedy' }), 'log'));
    expect(same.unexplored).toBe(0);
    expect(refusalsOf(same)).toEqual([]);
  });
});

describe('inkling counterfactual', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'inkling-counterfactual-'));
    const mapping = {
      format: 1,
      list: 'list',
      visitor: 'who',
      item: 'item',
      label: 'clicked',
      time: { column: 'at', unit: 's' },
      position: 'place',
      propensity: 'p',
      context: {},
      features: {},
    };
    writeFileSync(join(folder, 'mapping.json'), JSON.stringify(mapping));
    const { propensity: _, ...without } = mapping;
    writeFileSync(join(folder, 'without.json'), JSON.stringify(without));
    const rows = (items: readonly string[], p: number) =>
      [
        'list,who,item,clicked,at,place,p',
        ...items.map((item, i) => `l${i},v${i},${item},${Number(i % 3 === 0)},${i},2,${p}`),
      ].join('\n');
    const alternating = Array.from({ length: 400 }, (_, i) => 'ab'[i % 2] as string);
    writeFileSync(join(folder, 'log.csv'), rows(alternating, 0.5));
    writeFileSync(
      join(folder, 'half.csv'),
      rows(
        alternating.map((id, i) => (i % 4 ? id : 'b')),
        0.5,
      ),
    );
    writeFileSync(join(folder, 'other.csv'), rows(['a', 'c'], 0.5));
    writeFileSync(join(folder, 'wrong.csv'), rows(alternating, 1.5));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const inkling = (...args: readonly string[]) => {
    const bin = join(import.meta.dirname, '../../packages/cli/src/bin.ts');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=@inkling/source', bin, 'counterfactual', ...args],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } },
    );
    return { status, stdout, stderr };
  };

  test('values the policy of another log', () => {
    const files = ['--impressions', 'log.csv', '--mapping', 'mapping.json', '--target', 'half.csv'];
    const { status, stdout, stderr } = inkling(...files, '--json');
    expect(stderr).toBe('');
    const { support, refusals, value } = JSON.parse(stdout);
    expect(refusals).toEqual([]);
    // a has a quarter of the shares, b three: weights ½ and 1½ on 67 clicks each.
    expect(value.ips.value).toBeCloseTo((67 * 0.5 + 67 * 1.5) / 400, 12);
    expect(support.ess).toBeCloseTo(400 / 1.25, 9);
    expect(status).toBe(0);
    expect(inkling(...files).stdout).toMatch(/^dros +0\.\d{5} \[0\.\d{5}, 0\.\d{5}\]$/m);
  });

  test('values a ranker in a slot', async () => {
    const shop = join(import.meta.dirname, '../../examples/storefront/pack');
    const file = (name: string) => join(folder, name);
    const random = prng('uniform', 'test');
    // Three items in uniformly random order: ⅓, then ½, then what is left.
    const rows = Array.from({ length: 300 }, (_, i) => {
      const order = ['a', 'b', 'c'].map((id) => ({ id, key: random() })).sort((x, y) => x.key - y.key);
      return order.map(
        ({ id }, place) =>
          `l${i},v${i},${id},${Number(id === 'abb'[i % 3])},${i},${place},${[1 / 3, 1 / 2, 1][place]}`,
      );
    });
    writeFileSync(file('lists.csv'), ['list,who,item,clicked,at,place,p', ...rows.flat()].join('\n'));
    const slot = { id: 'grid', kind: 'order', decide: 'client', rules: [] };
    const slots = [
      // So hot that it is uniform too.
      { ...slot, policy: { type: 'softmax', temperature: 1e6 } },
      { ...slot, id: 'best', policy: { type: 'greedy' } },
    ];
    writeFileSync(file('slots.json'), JSON.stringify(slots));
    const log = {
      impressions: file('lists.csv'),
      mapping: file('mapping.json'),
      spec: join(shop, 'features.json'),
    };
    await runTrain({ ...log, out: folder, epochs: 1 });
    const policy = { ...log, slots: file('slots.json'), model: file('ranker.onnx') };
    const uniform = await runCounterfactual({ ...policy, slot: 'grid' });
    expect(uniform.refusals).toEqual([]);
    expect(uniform.support.ess).toBeCloseTo(300, 3);
    expect(uniform.value?.dr.value).toBeCloseTo(1, 3);
    const best = await runCounterfactual({ ...policy, slot: 'best' });
    // One order of six.
    expect(best.support.maxWeight).toBeCloseTo(6, 5);
    expect(best.refusals.map(({ code }) => code)).toEqual(['ess']);
    await expect(runCounterfactual({ ...policy, slot: 'gird' })).rejects.toThrow(
      /slots\.json: expected a slot gird, found grid, best/,
    );
  });

  test('refuses with the reason, prints no figure and ends with 2', () => {
    const { status, stdout, stderr } = inkling(
      '--impressions',
      'log.csv',
      '--mapping',
      'mapping.json',
      '--target',
      'other.csv',
    );
    expect(status).toBe(2);
    expect(stderr).toContain(
      'refused 50.0% of what the policy would show is never shown in the log (limit 1.0%)',
    );
    expect(stdout).toContain('never shown 50.0%');
    expect(stdout).not.toContain('ips');
  });

  test('says which input is wrong, and ends with 2', async () => {
    const { status, stderr, stdout } = inkling('--impressions', 'log.csv', '--mapping', 'mapping.json');
    expect(stderr).toMatch(/expected --target, or all of --slots, --slot, --spec and --model, found neither/);
    expect([status, stdout]).toEqual([2, '']);
    const failure = (impressions: string, mapping: string) =>
      runCounterfactual({
        impressions: join(folder, impressions),
        mapping: join(folder, mapping),
        target: join(folder, 'half.csv'),
      });
    await expect(failure('log.csv', 'without.json')).rejects.toThrow(
      /log\.csv: list l0: expected .*, found no column that the mapping calls propensity/,
    );
    await expect(failure('wrong.csv', 'mapping.json')).rejects.toThrow(
      /wrong\.csv: line 2, column \w+: expected a probability above 0, at most 1, found "1\.5"/,
    );
  });
});

// Skipped where the data is absent: INKLING_DATA names its folder.
describe.skipIf(!existsSync(DATA))(`the Open Bandit Dataset in ${DATA}`, () => {
  const linesOf = (name: string) =>
    gunzipSync(readFileSync(join(DATA, `${name}.csv.gz`)))
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [, , item, position, click, propensity] = line.split(',');
        return {
          cell: `${item} ${position}`,
          position: position as string,
          click: Number(click),
          propensity: Number(propensity),
        };
      });

  /** IPS and SNIPS of the shares of one log from another, added up cell by cell: Σ share · Σ click / p. */
  const byCells = (log: ReturnType<typeof linesOf>, other: ReturnType<typeof linesOf>) => {
    const count = new Map<string, number>();
    const add = (to: Map<string, number>, key: string, value: number) =>
      to.set(key, (to.get(key) ?? 0) + value);
    for (const { cell, position } of other) for (const key of [cell, position]) add(count, key, 1);
    const clicks = new Map<string, number>();
    const inverse = new Map<string, number>();
    for (const { cell, click, propensity } of log) {
      add(clicks, cell, click / propensity);
      add(inverse, cell, 1 / propensity);
    }
    const weighted = (sums: Map<string, number>) =>
      [...sums].reduce((sum, [cell, value]) => {
        const position = cell.split(' ')[1] as string;
        return sum + (value * (count.get(cell) ?? 0)) / (count.get(position) as number);
      }, 0);
    return { ips: weighted(clicks) / log.length, snips: weighted(clicks) / weighted(inverse) };
  };

  test.each([
    ['random_men', 'bts_men'],
    ['bts_men', 'random_men'],
  ])(
    'IPS and SNIPS of %s as another formula has them, and a refusal where there is no answer',
    async (log, other) => {
      const [logged, shown] = await Promise.all(
        [log, other].map((name) => readObd(join(DATA, `${name}.csv.gz`))),
      );
      const { rows } = valueLog('shares', logged as readonly Impression[], shown as readonly Impression[]);
      const value = (name: string, metric: string) =>
        rows.find((row) => row.case === name && row.metric === metric)?.value as number;
      const { ips, snips } = byCells(linesOf(log), linesOf(other));
      expect(Math.abs(value('shares', 'ips') - ips)).toBeLessThan(1e-9);
      expect(Math.abs(value('shares', 'snips') - snips)).toBeLessThan(1e-9);
      expect(value('shares', 'refused')).toBe(0);
      expect(value('shares deterministic', 'refused')).toBe(1);
    },
  );
});
