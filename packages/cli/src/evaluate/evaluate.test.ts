import { emptyProfile, type Item, prng } from '@inkling/core';
import { expect, test } from 'vitest';
import type { Example } from '../dataset/build-dataset.ts';
import type { Log, LogEntry, LoggedList } from '../log/log.ts';
import { evaluateRanker } from './evaluate.ts';
import { itemNeighbours } from './item-knn.ts';
import { type VisitorLog, withHistory } from './with-history.ts';

const list = (id: string, visitor: string, at: number, chosen: string, over: Partial<LoggedList> = {}) =>
  ({
    ...{ kind: 'list', id, visitor, at, context: {}, propensity: 1 },
    items: ['a', 'b', 'c'].map((item): Item => ({ id: item })),
    labels: ['a', 'b', 'c'].map((item) => Number(item === chosen)),
    ...over,
  }) satisfies LoggedList as LoggedList;

/** Its features are the scores: one column. */
const example = (shown: LoggedList, scores: readonly number[], touched: readonly string[] = []): Example => ({
  list: shown,
  features: Float32Array.from(scores),
  profile: {
    ...emptyProfile(0, 's'),
    recents: touched.map((id) => ({ id, at: 0, views: 1, clicks: 0 })),
  },
});
const scorer = (features: Float32Array) => features;

test('three lists of two visitors, by hand', async () => {
  const history: Log = [
    { kind: 'event', visitor: 'x', at: 0, type: 'view', item: 'a' },
    { kind: 'event', visitor: 'x', at: 0, type: 'view', item: 'c' },
    { kind: 'event', visitor: 'y', at: 0, type: 'view', item: 'b' },
  ];
  const evaluation = await evaluateRanker(
    [
      example(list('1', 'v', 86_400_000, 'c'), [1, 2, 3], ['a']),
      example(list('2', 'v', 0, 'b'), [3, 2, 1], ['c', 'a']),
      example(list('3', 'w', 1000, 'a'), [1, 3, 2]),
      example(list('nothing', 'w', 2000, 'none'), [1, 1, 1]),
    ],
    scorer,
    {
      popularity: new Map([
        ['a', 0.25],
        ['b', 0.5],
        ['c', 0.125],
      ]),
      neighbours: itemNeighbours(history),
      k: 1,
    },
  );
  expect(evaluation).toMatchObject({ lists: 3, visitors: 2, k: 1, groups: [] });
  expect(evaluation.period).toEqual({ from: '1970-01-01T00:00:00.000Z', to: '1970-01-02T00:00:00.000Z' });
  const mrr = Object.entries(evaluation.cases).map(([name, figures]) => [name, figures.mrr.value * 3]);
  const expected = {
    random: 3 * (11 / 18),
    displayed: 1 / 3 + 1 / 2 + 1,
    // Touched a: a b c. Touched c: c a b. Nothing touched: as displayed.
    'last-seen': 1 / 3 + 1 / 3 + 1,
    // b a c
    popularity: 1 / 3 + 1 + 1 / 2,
    // x saw a and c: c goes with a, and a with c. The second list has both, each as near.
    'item-knn': 1 + 1 / 3 + 1,
    ranker: 1 + 1 / 2 + 1 / 3,
  };
  for (const [name, value] of mrr) expect(value).toBeCloseTo(expected[name as 'ranker'], 12);
  expect(Object.keys(evaluation.lifts)).toEqual(Object.keys(expected).slice(0, -1));
  const { mrr: lift, hr } = evaluation.lifts.popularity ?? {};
  expect(lift?.difference.value).toBeCloseTo((1.5 + 1 / 3 - (1.5 + 1 / 3)) / 3, 12);
  expect(hr?.relative?.value).toBe(0);
  // The ranker shows c, a and b first, popularity b every time.
  expect(evaluation.cases.ranker.variety).toMatchObject({ coverage: 1, gini: 0, novelty: { value: 2 } });
  expect(evaluation.cases.popularity?.variety).toMatchObject({ coverage: 1 / 3, novelty: { value: 1 } });
  expect(evaluation.cases.random.variety).toBeUndefined();
  expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
});

test('what goes together: the cosine of the visitors, so that what everybody saw is not near to all', () => {
  const seen = { v: 'ab', w: 'ab', x: 'bc', y: 'b', z: 'b' };
  const log = Object.entries(seen).flatMap(([visitor, ids]) =>
    [...ids].map((item, at): Log[number] => ({ kind: 'event', visitor, at, type: 'view', item })),
  );
  const near = itemNeighbours(log)([{ id: 'a', at: 0, views: 1, clicks: 0 }]);
  expect([...near]).toEqual([['b', 2 / Math.sqrt(2 * 5)]]);
  const toB = itemNeighbours(log)([{ id: 'b', at: 0, views: 1, clicks: 0 }]);
  expect(toB.get('c')).toBeCloseTo(1 / Math.sqrt(5), 12);
});

/** 400 visitors with two lists each: the ranker is right in 8 of 10, on the phones of one brand never. */
function world(): readonly Example[] {
  const random = prng('groups', 'world');
  return Array.from({ length: 800 }, (_, index) => {
    const form = random() % 2 ? 'phone' : 'desktop';
    const brand = random() % 3 ? 'plain' : 'fancy';
    const items: Item[] = ['a', 'b', 'c'].map((id) => ({ id, attributes: { brand } }));
    const right = form === 'phone' && brand === 'fancy' ? false : random() % 10 < 8;
    return example(
      list(`${index}`, `v${index >> 1}`, index, 'a', { items, context: { device: { form } } }),
      right ? [1, 0, 0] : [0, 0, 1],
    );
  });
}

test('groups: a gap that was planted is found, and one that is none is not', async () => {
  const { groups, cases } = await evaluateRanker(world(), scorer, {
    groups: ['device.form', 'attribute:brand', 'geo.country'],
    minGroupLists: 250,
  });
  expect(groups.map(({ column, groups: all }) => [column, all.map(({ value }) => value).sort()])).toEqual([
    ['device.form', ['desktop', 'phone']],
    ['attribute:brand', ['fancy', 'plain']],
    ['geo.country', ['unknown']],
  ]);
  const of = (value: string) => groups.flatMap((column) => column.groups).find((g) => g.value === value);
  const [phone, fancy, everybody] = [of('phone'), of('fancy'), of('unknown')];
  expect(phone?.gap?.relative?.high).toBeLessThan(-0.1);
  expect(phone?.gap?.adjusted).toBeLessThan(0.001);
  expect(phone?.gap?.difference.value).toBeCloseTo(-(of('desktop')?.gap?.difference.value ?? 0), 12);
  expect(phone?.gap?.p).toBeLessThanOrEqual(phone?.gap?.adjusted ?? 0);
  expect(fancy?.lists).toBeGreaterThan(250);
  expect(everybody).toMatchObject({ lists: 800, visitors: 400 });
  expect(everybody?.gap).toBeUndefined();
  expect(everybody?.cases.ranker.mrr).toEqual(cases.ranker.mrr);
  const weighed = ['phone', 'desktop'].reduce((sum, value) => {
    const { lists = 0, cases: group } = of(value) ?? {};
    return sum + lists * (group?.ranker.mrr.value ?? 0);
  }, 0);
  expect(weighed / 800).toBeCloseTo(cases.ranker.mrr.value, 12);
});

test('groups of too few lists are not judged, and the correction counts the others alone', async () => {
  const examples = world();
  const many = await evaluateRanker(examples, scorer, { groups: ['device.form', 'attribute:brand'] });
  const few = await evaluateRanker(examples, scorer, {
    groups: ['device.form', 'attribute:brand'],
    minGroupLists: 300,
  });
  const gaps = ({ groups }: typeof many) => groups.flatMap((c) => c.groups).map(({ gap }) => gap);
  expect(gaps(many).filter((gap) => gap?.adjusted !== undefined)).toHaveLength(4);
  expect(gaps(few).filter((gap) => gap?.adjusted !== undefined)).toHaveLength(3);
  expect(gaps(few).map((gap) => gap?.p)).toEqual(gaps(many).map((gap) => gap?.p));
});

test('a column that is none is refused', async () => {
  await expect(evaluateRanker([], scorer, { groups: ['moon.phase'] })).rejects.toThrow(
    '--group: expected a signal, "item:group" or "attribute:…", found "moon.phase"',
  );
});

test('of the training log visitors bring what they chose, and lists that stand in both are counted', async () => {
  const opened = (log: Log): VisitorLog => ({
    items: new Map(),
    async *entries() {
      yield* log;
    },
  });
  // Visitor by visitor, by the bytes of their names: in UTF-16 the last two stand the other way round.
  const training = [list('1', 'v', 5, 'b'), list('2', 'v', 6, 'none'), list('3', 'v', 8, 'c')];
  const log = [list('1', 'v', 5, 'b'), list('4', 'v', 7, 'a'), list('1', 'w', 5, 'a')];
  const late: Log = [list('5', '\uFF5E', 1, 'a'), list('6', '\u{1F642}', 3, 'c')];
  const whole = withHistory(
    opened([...log, ...late]),
    opened([...training, list('0', 'x', 0, 'a'), ...late.map((entry) => ({ ...entry, at: 2 }))]),
  );
  const entries: LogEntry[] = [];
  for await (const entry of whole.entries('visitor')) entries.push(entry);
  expect(entries.map((entry) => [entry.visitor, entry.at, entry.kind === 'event' && entry.item])).toEqual([
    ['v', 5, 'b'],
    ['v', 5, false],
    ['v', 7, false],
    ['w', 5, false],
    ['\uFF5E', 1, false],
    ['\u{1F642}', 2, 'c'],
    ['\u{1F642}', 3, false],
  ]);
  expect(whole.sharedLists()).toBe(1);
});
