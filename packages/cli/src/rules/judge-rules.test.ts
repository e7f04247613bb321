import { createContext, prng } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { expect, test } from 'vitest';
import type { EncodedList, EncodedLists } from '../dataset/encoded-lists.ts';
import { compileRules } from './compile-rules.ts';
import { type JudgedRule, judgeRules } from './judge-rules.ts';
import { judgedTable } from './judged-table.ts';
import type { Rule } from './rule.ts';

const silent = (['authored-order', 'popular', 'taste', 'recent'] as const).map(
  (prefer): Rule => ({ prefer, strength: 'weak', because: 'x', retired: '2026-01-01' }),
);
const rule = (target: string, strength: Rule['strength'], rest: Partial<Rule> = {}): Rule => ({
  prefer: `tag:${target}`,
  strength,
  because: 'Because.',
  ...rest,
});

interface Choice {
  readonly visitor: string;
  /** The tags of each item. */
  readonly items: readonly (readonly string[])[];
  readonly chosen: number;
}

async function judge(rules: readonly Rule[], choices: readonly Choice[]): Promise<readonly JudgedRule[]> {
  const compiled = compileRules([...rules, ...silent], 'rules.json');
  const encoder = createFullEncoder(compiled.spec);
  const context = createContext({ weather: { condition: 'rain' } });
  const lists = choices.map(({ visitor, items, chosen }): EncodedList => {
    const encoded = items.map((tags, i) => ({ id: `${i}`, tags }));
    return {
      visitor,
      features: encoder.encode({ context, profile: undefined, items: encoded, now: 0 }),
      labels: items.map((_, i) => Number(i === chosen)),
      weight: 1,
    };
  });
  const inMemory: EncodedLists = {
    width: compiled.width,
    count: lists.length,
    async *batches() {
      yield lists;
    },
  };
  return judgeRules(compiled, inMemory);
}

/** The first item has the tag; it was chosen in 70 of 100 lists. */
const seventy = Array.from({ length: 100 }, (_, i) => ({ items: [['a'], []], chosen: i % 10 < 7 ? 0 : 1 }));

test('two items, one rule: the weight is the log odds, drawn a little to the declared one, with its error', async () => {
  const [a] = await judge(
    [rule('a', 'strong')],
    seventy.map((choice, i) => ({ ...choice, visitor: `v${i}` })),
  );
  const b = a?.learnt ?? 0;
  const p = 1 / (1 + Math.exp(-b));
  // The slope of likelihood and prior is 0 there.
  expect(100 * p - 70 + (b - 2) / 16).toBeCloseTo(0, 6);
  const curvature = 100 * p * (1 - p) + 1 / 16;
  const meat = 70 * (1 - p) ** 2 + 30 * p ** 2 + 1 / 16;
  expect((a?.high ?? 0) - b).toBeCloseTo((1.96 * Math.sqrt(meat)) / curvature, 6);
  expect(a).toMatchObject({ declared: 2, lists: 100, verdict: 'weaker' });
});

test('what one visitor chose again and again counts as one', async () => {
  const once = await judge(
    [rule('a', 'weak')],
    seventy.map((choice, i) => ({ ...choice, visitor: `v${i}` })),
  );
  const again = [...seventy, ...seventy, ...seventy, ...seventy];
  const few = await judge(
    [rule('a', 'weak')],
    again.map((choice, i) => ({ ...choice, visitor: `v${i % 100}` })),
  );
  const width = ([found]: readonly JudgedRule[]) => (found?.high ?? 0) - (found?.low ?? 0);
  expect(width(few) / width(once)).toBeCloseTo(1, 1);
});

test('each rule gets its verdict, with the others held', async () => {
  const truth: Readonly<Record<string, number>> = {
    holds: 1,
    weaker: 0.5,
    stronger: 2,
    nothing: 0,
    wrong: -1,
  };
  const names = Object.keys(truth);
  const random = prng('judge', 'choices');
  const uniform = () => (random() + 0.5) / 2 ** 32;
  const choices = Array.from({ length: 6000 }, (_, i): Choice => {
    const items = Array.from({ length: 5 }, () => names.filter(() => uniform() < 0.3));
    // The best of utilities with Gumbel noise is a softmax choice.
    const noisy = items.map(
      (tags) => tags.reduce((sum, t) => sum + (truth[t] ?? 0), 0) - Math.log(-Math.log(uniform())),
    );
    return { visitor: `v${i % 2000}`, items, chosen: noisy.indexOf(Math.max(...noisy)) };
  });
  const judged = await judge(
    [
      rule('holds', 'medium'),
      rule('weaker', 'strong'),
      rule('stronger', 'weak'),
      rule('nothing', 'weak'),
      rule('wrong', 'medium', { when: { 'weather.condition': 'rain' } }),
      rule('wrong', 'medium', { when: { 'weather.condition': 'snow' } }),
      { avoid: 'tag:wrong', strength: 'decisive', because: 'x', when: { 'weather.condition': 'fog' } },
    ],
    choices,
  );
  expect(judged.map(({ verdict }) => verdict)).toEqual([
    'holds',
    'weaker',
    'stronger',
    'nothing',
    'contradicted',
    'unseen',
    'unseen',
  ]);
  for (const [i, name] of names.entries()) {
    const { low, high } = judged[i] as JudgedRule;
    expect(low).toBeLessThan(truth[name] as number);
    expect(high).toBeGreaterThan(truth[name] as number);
  }
  expect(judgedTable(judged).split('\n')[5]).toMatch(
    /^ {4}1\.00 {2}-\d\.\d\d \[-.*\] {4}.* prefer tag:wrong when weather\.condition is rain \(medium\): contradicted: retire it$/,
  );
});

test('few lists leave a rule unknown', async () => {
  const [a] = await judge([rule('a', 'decisive')], [{ visitor: 'v', items: [['a'], []], chosen: 1 }]);
  expect(a?.verdict).toBe('unknown');
});
