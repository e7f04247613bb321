import { expect, test } from 'vitest';
import { createContext } from '../context/create-context.ts';
import { type Decision, decide } from '../decision/decide.ts';
import { createEncoder } from '../encode/create-encoder.ts';
import type { FeatureSpec } from '../encode/feature-spec.ts';
import type { Item } from '../item.ts';
import type { EventType } from '../profile/event.ts';
import { emptyProfile } from '../profile/profile.ts';
import type { AdaptSpec } from './adapt-spec.ts';
import { createAdapter } from './create-adapter.ts';
import { createLearner, type LearnerOptions } from './create-learner.ts';
import { learn } from './learn.ts';
import type { Posterior } from './posterior.ts';

const catalog: readonly Item[] = [
  { id: 'parasol', tags: ['sun'] },
  { id: 'cape', tags: ['rain'] },
  { id: 'kettle', tags: ['coffee'] },
];
const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'item', sentence: 'It suits many visitors.' }],
  features: [
    {
      kind: 'multi-hot',
      source: 'item:tags',
      values: ['sun', 'rain', 'coffee'],
      group: 'item',
      sentence: 'It is for {tags}.',
    },
  ],
  phrases: {},
};
const adapt: AdaptSpec = {
  columns: [0, 1, 2],
  names: ['sun', 'rain', 'coffee'],
  priorDeviation: 0.5,
  forgetting: 0.995,
};
const decision: Decision = decide({
  slot: { id: 'grid', kind: 'order', decide: 'client', policy: { type: 'greedy' }, rules: [] },
  candidates: catalog.map((item) => ({ item, source: 'authored' })),
  authored: catalog.map(({ id }) => id),
  context: createContext(),
  profile: undefined,
  encoder: createEncoder(spec),
  scorer: () => [3, 2, 1],
  adapter: createAdapter(adapt, 'utility'),
  arm: 'personalized',
  shown: new Set(),
  seed: 'seed',
  now: 5,
});
const MINUTE = 60_000;
type Act = readonly [type: EventType, item: string, at?: number];

/** What is learnt when the decision's slate is seen at 0 and these acts follow. */
function after(acts: readonly Act[], options: Partial<LearnerOptions> = {}, from = decision): Posterior {
  const learner = createLearner({ spec: adapt, output: 'utility', ...options });
  let profile = learner.see(emptyProfile(0, 's'), from, 0);
  for (const [type, item, at = MINUTE] of acts) profile = learner.learn(profile, { type, item, at });
  return profile.posterior;
}
const act = (type: EventType, item: string, at = MINUTE) => after([[type, item, at]]);

test('a click teaches by what stood before it; what stood after was perhaps not seen', () => {
  const [sun = 0, rain = 0, coffee] = act('click', 'cape').mean ?? [];
  expect(rain).toBeGreaterThan(0);
  expect(sun).toBeLessThan(0);
  expect(coffee).toBe(0);
});

test('a rejection teaches the opposite', () => {
  const [sun = 0, rain = 0] = act('less_like_this', 'cape').mean ?? [];
  expect(rain).toBeLessThan(0);
  expect(sun).toBeGreaterThan(0);
});

test('each kind of act is credited once, and for half an hour after the slate was seen', () => {
  const once = act('click', 'cape');
  expect(
    after([
      ['click', 'cape'],
      ['click', 'cape'],
    ]),
  ).toEqual(once);
  expect(
    after([
      ['click', 'cape'],
      ['purchase', 'cape', 30 * MINUTE],
    ]),
  ).not.toEqual(once);
  expect(
    after([
      ['click', 'cape'],
      ['purchase', 'cape', 30 * MINUTE + 1],
    ]),
  ).toEqual(once);
  expect(act('click', 'cape', -1)).toEqual({});
});

test('a view, an item that was not shown and a sensitive one teach nothing', () => {
  expect(act('view', 'cape')).toEqual({});
  expect(act('click', 'elsewhere')).toEqual({});
  expect(after([['click', 'cape']], { sensitive: new Set(['rain']) })).toEqual({});
});

const logits = decide({
  ...decision.request,
  scorer: () => [-2, -3, -4],
  adapter: createAdapter(adapt, 'logit'),
});

test('with utilities the first item teaches nothing by comparison; with logits it does', () => {
  expect(act('click', 'parasol')).toEqual({});
  const [sun = 0, rain] = after([['click', 'parasol']], { output: 'logit' }, logits).mean ?? [];
  expect(sun).toBeGreaterThan(0.1);
  expect(rain).toBe(0);
});

test('with logits a slate that was passed over counts against its items, until one of them is chosen', () => {
  const learner = createLearner({ spec: adapt, output: 'logit' });
  const again = decide({ ...logits.request, now: 6 });
  let profile = learner.see(emptyProfile(0, 's'), logits, 0);
  expect(profile.posterior).toEqual({});
  profile = learner.learn(profile, { type: 'click', item: 'kettle', at: 1 });
  const chosen = profile.posterior;
  profile = learner.see(profile, again, 2);
  const [, , passedOver = 0] = profile.posterior.mean ?? [];
  expect(passedOver).toBeLessThan(chosen.mean?.[2] as number);
  profile = learner.learn(profile, { type: 'click', item: 'kettle', at: 3 });
  const [, , twice = 0] = profile.posterior.mean ?? [];
  expect(twice).toBeGreaterThan(chosen.mean?.[2] as number);
});

test('after a reset it begins anew', () => {
  const learner = createLearner({ spec: adapt, output: 'utility' });
  let profile = learner.see(emptyProfile(0, 's'), decision, 0);
  profile = { ...learner.learn(profile, { type: 'click', item: 'cape', at: 1 }), posterior: {} };
  expect(learner.learn(profile, { type: 'purchase', item: 'cape', at: 2 }).posterior).toEqual({});
  const again = decide({ ...decision.request, now: 6 });
  profile = learner.learn(learner.see(profile, again, 3), { type: 'click', item: 'cape', at: 4 });
  expect(profile.posterior).toEqual(act('click', 'cape'));
});

test('the oldest slates leave memory, not what was learnt from them', () => {
  const learner = createLearner({ spec: adapt, output: 'utility' });
  let profile = emptyProfile(0, 's');
  let expected: Posterior = {};
  for (let i = 0; i < 30; i++) {
    const each = decide({ ...decision.request, now: i });
    const event = { type: 'click', item: 'cape', at: i } as const;
    profile = learner.learn(learner.see(profile, each, i), event);
    expected = learn(expected, { decision: each, events: [event] });
  }
  expect(profile.posterior).toEqual(expected);
});

test('an authored slate teaches nothing', () => {
  expect(after([['click', 'cape']], {}, decide({ ...decision.request, arm: 'holdout' }))).toEqual({});
});
