import { describe, expect, test } from 'vitest';
import type { Item } from '../item.ts';
import { basicSlateKinds, beyondBasic } from './basic-slate-kinds.ts';
import { fullSlateKinds } from './full/full-slate-kinds.ts';
import type { SlateItem } from './slate.ts';
import type { SlateRequest } from './slate-request.ts';
import type { SlotSpec } from './slot.ts';

const items: readonly Item[] = [
  { id: 'jacket', tags: ['rain', 'hiking'], group: 'product' },
  { id: 'poncho', tags: ['rain', 'hiking'], group: 'product' },
  { id: 'kettle', tags: ['coffee'], group: 'product' },
  { id: 'sold-out', tags: ['coffee'], group: 'product', available: false },
  { id: 'hero', tags: ['rain'], group: 'hero' },
];
const slot: SlotSpec = {
  id: 'grid',
  kind: 'order',
  decide: 'client',
  policy: { type: 'greedy' },
  rules: [{ type: 'only', group: 'product' }],
};
const request: SlateRequest = {
  slot,
  items,
  scores: [3, 2, 1, 9, 9],
  excluded: new Set(),
  authored: [],
  seed: 'seed',
  now: 0,
};
const ids = (slate: readonly SlateItem[]) => slate.map(({ id }) => id);

describe.each([
  ['the eager vocabulary', basicSlateKinds],
  ['the whole vocabulary', fullSlateKinds],
])('%s', (_, kinds) => {
  const build = (over: Partial<SlotSpec>, scores = [3, 2, 1, 9, 9], excluded: readonly string[] = []) =>
    kinds.build({ ...request, slot: { ...slot, ...over }, scores, excluded: new Set(excluded) });

  test('the best first; the unavailable and the foreign group never', () => {
    expect(ids(build({}))).toEqual(['jacket', 'poncho', 'kettle']);
  });

  test('what the visitor dismissed or already sees is left out', () => {
    expect(ids(build({}, undefined, ['jacket']))).toEqual(['poncho', 'kettle']);
  });

  test('a pin holds its place with certainty', () => {
    const slate = build({ rules: [...slot.rules, { type: 'pin', item: 'kettle', position: 1 }] });
    expect(ids(slate)).toEqual(['jacket', 'kettle', 'poncho']);
    expect(slate[1]).toMatchObject({ via: 'pin', propensity: 1 });
  });

  test('a pin to an unavailable item gives its place to the next best', () => {
    const slate = build({ rules: [...slot.rules, { type: 'pin', item: 'sold-out', position: 0 }] });
    expect(ids(slate)).toEqual(['jacket', 'poncho', 'kettle']);
  });

  test('diversity lets another kind in before a near copy', () => {
    expect(ids(build({ diversity: { lambda: 0.5 } }))).toEqual(['jacket', 'kettle', 'poncho']);
  });

  test('equal scores go by id', () => {
    expect(ids(build({}, [1, 1, 1, 1, 1]))).toEqual(['jacket', 'kettle', 'poncho']);
  });

  test('k limits; nothing allowed gives an empty slate', () => {
    expect(ids(build({ k: 1 }))).toEqual(['jacket']);
    expect(build({ rules: [{ type: 'only', group: 'nothing' }] })).toEqual([]);
  });

  test('an id that comes twice counts once', () => {
    const twice = [...items, items[0] as Item];
    const slate = kinds.build({ ...request, items: twice, scores: [1, 2, 3, 4, 5, 6] });
    expect(ids(slate)).toEqual(['kettle', 'poncho', 'jacket']);
  });

  test('a pin past the end of a short slate stands last', () => {
    const rules = [
      { type: 'pin', item: 'jacket', position: 2 },
      { type: 'pin', item: 'poncho', position: 3 },
      { type: 'exclude', tag: 'coffee' },
    ] as const;
    expect(ids(build({ rules, k: 3 }))).toEqual(['hero', 'poncho', 'jacket']);
  });

  test('a short slate is filled with authored items that are no candidates, unless a rule or the visitor forbids', () => {
    const authored = ['kettle', 'gone', 'first', 'second', 'third'];
    const rules = [{ type: 'exclude', item: 'second' }] as const;
    const slate = kinds.build({
      ...request,
      slot: { ...slot, rules, k: 6 },
      authored,
      excluded: new Set(['gone']),
    });
    expect(ids(slate)).toEqual(['hero', 'jacket', 'poncho', 'kettle', 'first', 'third']);
    expect(slate[5]).toMatchObject({ via: 'fill', propensity: 1, position: 5 });
  });

  test('epsilon: of many draws each arm has its propensity, and the arms are recorded', () => {
    const epsilon = { type: 'epsilon', epsilon: 0.3, top: 2 } as const;
    const seen = new Map<string, number>();
    let propensities: Record<string, number> = {};
    for (let i = 0; i < 20_000; i++) {
      const [first] = kinds.build({ ...request, seed: `s${i}`, slot: { ...slot, policy: epsilon, k: 1 } });
      if (!first) throw new Error('nothing was chosen');
      expect(first.arms).toEqual(['jacket', 'poncho']);
      seen.set(first.id, (seen.get(first.id) ?? 0) + 1);
      propensities = { ...propensities, [first.id]: first.propensity };
    }
    expect(propensities.jacket).toBeCloseTo(0.85, 6);
    expect((propensities.jacket ?? 0) + (propensities.poncho ?? 0)).toBe(1);
    // Four standard deviations.
    expect(Math.abs((seen.get('poncho') ?? 0) - 3000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.15 * 0.85));
  });
});

test('what only the whole vocabulary knows is told from what the eager one knows', () => {
  expect(beyondBasic([slot, { ...slot, diversity: { lambda: 0.5 } }])).toBeUndefined();
  const more: readonly Partial<SlotSpec>[] = [
    { kind: 'shelves' },
    { cadence: 'daily' },
    { per: 'item' },
    { objectives: [] },
    { policy: { type: 'softmax', temperature: 1 } },
    { policy: { type: 'epsilon', epsilon: 0.1, fresh: { tag: 'new' } } },
    { rules: [{ type: 'cap', tag: 'rain', max: 1 }] },
  ];
  for (const over of more) {
    expect(beyondBasic([slot, { ...slot, ...over }]), JSON.stringify(over)).toBeDefined();
    const build = () => basicSlateKinds.build({ ...request, slot: { ...slot, ...over } });
    expect(build).toThrow(expect.objectContaining({ code: 'E_PACK_FORMAT' }));
  }
  expect(beyondBasic([{ ...slot, policy: { type: 'softmax', temperature: 1 } }])).toBe('"type":"softmax');
  expect(beyondBasic([{ ...slot, id: 'cap', rules: [{ type: 'only', group: 'softmax' }] }])).toBeUndefined();
});
