import {
  type ContextPatch,
  createContext,
  createReducer,
  type Decision,
  decide,
  emptyProfile,
  type Item,
  type Profile,
} from '@inkling/core';
import { explain } from '@inkling/core/explain';
import { createFullEncoder, slateKindsFor } from '@inkling/core/full';
import { Tensor } from '@inkling/onnx';
import { createLeanSession } from '@inkling/onnx/lean';
import { expect, test } from 'vitest';
import { loadScorer } from '../model/load-scorer.ts';
import type { Rule } from './rule.ts';
import { rulesRanker } from './rules-ranker.ts';

const NOW = Date.UTC(2026, 9, 14, 8);
const RAIN = 'It is raining where you are.';
const rules: readonly Rule[] = [
  {
    when: { 'weather.condition': ['rain', 'storm'] },
    prefer: 'tag:rain-gear',
    strength: 'strong',
    because: RAIN,
  },
  { when: { 'time.hour': '22-10' }, prefer: 'item:coffee', strength: 'medium', because: 'It is early.' },
  {
    when: { 'time.month': 'september-december', hemisphere: 'north' },
    prefer: 'tag:boots',
    strength: 'strong',
    because: 'Cold days are ahead.',
  },
  {
    when: { 'geo.country': 'NL', 'device.form': 'phone' },
    prefer: 'attribute:by=bike',
    strength: 'decisive',
    because: 'On the road?',
  },
  { avoid: 'group:clearance', strength: 'decisive', because: 'What is in season comes first.' },
  {
    when: { 'weather.condition': 'rain' },
    prefer: 'tag:old',
    strength: 'decisive',
    because: 'x',
    retired: '2026-11-20',
  },
];
const catalog: readonly Item[] = [
  { id: 'plain', attributes: { popularity: 9 } },
  { id: 'coffee', tags: ['kitchen'] },
  { id: 'old-hat', tags: ['old'] },
  { id: 'rest', group: 'clearance' },
  { id: 'boot', tags: ['boots', 'rain-proof'] },
  { id: 'pannier', attributes: { by: 'bike', popularity: 1 } },
  { id: 'cape', tags: ['rain-gear', 'cycling'] },
];

async function decideIn(patch: ContextPatch, given = rules, profile?: Profile): Promise<Decision> {
  const { model, spec } = rulesRanker(given, 'rules.json');
  const slot = { id: 's', kind: 'order', decide: 'client', policy: { type: 'greedy' }, rules: [] } as const;
  return decide({
    slot,
    candidates: catalog.map((item) => ({ item, source: 'authored' })),
    authored: catalog.map(({ id }) => id),
    context: createContext(patch),
    profile,
    encoder: createFullEncoder(spec),
    scorer: await loadScorer('ranker.onnx', model, spec),
    slateKinds: slateKindsFor([slot]),
    arm: 'personalized',
    shown: new Set(),
    seed: 'test',
    now: NOW,
  });
}
const ids = ({ slate }: Decision) => slate.items.map(({ id }) => id);

test('in the rain, rain gear rises from the fifth place to the first, for the reason that the rule gives', async () => {
  expect(ids(await decideIn({ weather: { condition: 'clear' } }))[4]).toBe('cape');
  const decision = await decideIn({ weather: { condition: 'rain' } });
  expect(ids(decision)[0]).toBe('cape');
  expect(explain(decision, 'cape').reasons[0]).toMatchObject({ group: 'weather', sentence: RAIN });
  expect(ids(await decideIn({ weather: { condition: 'storm' } }))[0]).toBe('cape');
});

test('where nothing is known, popularity and the authored order stand, and what is avoided is last', async () => {
  expect(ids(await decideIn({}))).toEqual(['plain', 'coffee', 'old-hat', 'boot', 'cape', 'pannier', 'rest']);
});

test('a range of hours runs over midnight', async () => {
  const early = async (hour: number) => ids(await decideIn({ time: { hour } })).indexOf('coffee') === 0;
  expect([await early(23), await early(0), await early(10)]).toEqual([true, true, true]);
  expect([await early(11), await early(21)]).toEqual([false, false]);
});

test('autumn months in the north: all conditions must hold, and each is explained by the rule', async () => {
  const north = { month: 10, season: 'autumn' } as const;
  const decision = await decideIn({ time: north });
  expect(ids(decision)[0]).toBe('boot');
  expect(explain(decision, 'boot').reasons[0]?.sentence).toBe('Cold days are ahead.');
  expect(ids(await decideIn({ time: { month: 12, season: 'winter' } }))[0]).toBe('boot');
  for (const time of [
    { month: 10, season: 'spring' },
    { month: 8, season: 'summer' },
    // In the south September and December are spring and summer, as May and August are in the north.
    { month: 12, season: 'summer' },
    { month: 10 },
    { season: 'autumn' },
  ] as const) {
    expect(ids(await decideIn({ time }))[0]).toBe('plain');
  }
});

test('a country and a device together lift an attribute; either alone does nothing', async () => {
  const both = { geo: { country: 'NL' }, device: { form: 'phone' } } as const;
  expect(ids(await decideIn(both))[0]).toBe('pannier');
  expect(ids(await decideIn({ geo: both.geo }))).toEqual(ids(await decideIn({})));
  expect(ids(await decideIn({ device: both.device }))).toEqual(ids(await decideIn({})));
});

test('what was touched last comes first, unless the rules say what to do with what was seen', async () => {
  const reduce = createReducer({ item: (id) => catalog.find((item) => item.id === id) });
  const profile = ['rest', 'boot'].reduce(
    (known, item, i) => reduce(known, { type: 'view', item, at: NOW - 60_000 + i }),
    emptyProfile(NOW - 60_000, 'seed'),
  );
  const plain = [{ prefer: 'item:ghost', strength: 'weak', because: 'x' }] as const;
  const taste = { prefer: 'taste', strength: 'weak', because: 'x', retired: '2026-01-01' } as const;
  const decision = await decideIn({}, [...plain, taste], profile);
  expect(ids(decision).slice(0, 3)).toEqual(['boot', 'plain', 'rest']);
  expect(explain(decision, 'boot').reasons[0]?.sentence).toBe('You looked at it before.');
  const unseen = { avoid: 'seen', strength: 'strong', because: 'You have not seen it yet.' } as const;
  const fresh = await decideIn({}, [unseen, taste], profile);
  expect(ids(fresh).slice(-2)).toEqual(['rest', 'boot']);
  expect(explain(fresh, 'plain').reasons.map(({ sentence }) => sentence)).toContain(
    'You have not seen it yet.',
  );
});

test('a retired rule counts no more', async () => {
  const inForce = rules.map(({ retired, ...rule }) => rule);
  expect(ids(await decideIn({ weather: { condition: 'rain' } }, inForce))[0]).toBe('old-hat');
  expect(ids(await decideIn({ weather: { condition: 'rain' } })).indexOf('old-hat')).toBeGreaterThan(2);
});

test('medium lifts the middle of a list over its top, strong the last, and decisive outweighs a strong one', async () => {
  const list = Array.from({ length: 11 }, (_, i) => ({ id: `i${i}`, attributes: { popularity: 11 - i } }));
  const firstWith = async (...given: [string, Rule['strength']][]) => {
    const preferred = given.map(([id, strength]) => ({
      prefer: `item:${id}`,
      strength,
      because: 'Because.',
    }));
    const { model, spec } = rulesRanker(preferred, 'rules.json');
    const encoder = createFullEncoder(spec);
    const features = encoder.encode({ context: createContext(), profile: undefined, items: list, now: NOW });
    const scores = Array.from((await loadScorer('m', model, spec))(features, list.length));
    return list[scores.indexOf(Math.max(...scores))]?.id;
  };
  expect(await firstWith(['i5', 'weak'])).toBe('i0');
  expect(await firstWith(['i5', 'medium'])).toBe('i5');
  expect(await firstWith(['i10', 'medium'])).toBe('i0');
  expect(await firstWith(['i10', 'strong'])).toBe('i10');
  expect(await firstWith(['i0', 'strong'], ['i10', 'decisive'])).toBe('i10');
});

test('a rule of several conditions changes no score where it does not hold', async () => {
  const scoresWith = async (given: readonly Rule[]) => {
    const { ranking } = await decideIn({ weather: { condition: 'rain' } }, given);
    return Array.from(ranking?.scores ?? []);
  };
  const alone = await scoresWith(rules.filter(({ when = {} }) => Object.keys(when).length < 2));
  const together = await scoresWith(rules);
  expect(alone).toHaveLength(catalog.length);
  expect(Math.max(...alone.map((score, i) => Math.abs(score - (together[i] ?? NaN))))).toBeLessThan(1e-5);
});

test('the ranker runs in the smallest engine, says its rules, and is the same each time', async () => {
  const { model, spec } = rulesRanker(rules, 'rules.json');
  const session = await createLeanSession(model);
  expect(JSON.parse(session.metadata['inkling.rules'] ?? '')).toHaveLength(5 + 4);
  expect(rulesRanker(rules, 'rules.json').model).toEqual(model);
  const encoder = createFullEncoder(spec);
  const context = createContext({ weather: { condition: 'rain' }, time: { month: 9, season: 'autumn' } });
  const features = encoder.encode({ context, profile: undefined, items: catalog, now: NOW });
  const feeds = { features: new Tensor('float32', features, [catalog.length, encoder.width]) };
  const lean = session.runSync(feeds).score?.data as Float32Array;
  expect(Array.from(lean)).toEqual(
    Array.from((await loadScorer('m', model, spec))(features, catalog.length)),
  );
});
