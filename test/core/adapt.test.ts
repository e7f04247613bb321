import {
  createContext,
  type Decision,
  decide,
  type EventType,
  emptyProfile,
  type Item,
  type ModelOutput,
  type Posterior,
} from '@inkling/core';
import { createAdapter, createLearner, learn } from '@inkling/core/adapt';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adaptSpec, encoder, request, SENSITIVE, scorerOf, TAGS } from './arbitrary-decision.ts';
import { propertyRuns, RUNS } from './property-runs.ts';

const D = TAGS.length;
const output = fc.constantFrom<ModelOutput>('logit', 'utility', 'probability');

/** The covariance that a posterior stands for. */
function covarianceOf({ factor = [] }: Posterior): readonly (readonly number[])[] {
  const entry = (i: number, j: number) => (j > i ? 0 : (factor[(i * (i + 1)) / 2 + j] as number));
  return TAGS.map((_, a) =>
    TAGS.map((_, b) => TAGS.reduce((sum, _, j) => sum + entry(a, j) * entry(b, j), 0)),
  );
}

/** Smallest pivot of Gaussian elimination: positive exactly where a symmetric matrix is positive definite. */
function smallestPivot(matrix: readonly (readonly number[])[]): number {
  const m = matrix.map((row) => [...row]);
  let smallest = Infinity;
  for (let k = 0; k < m.length; k++) {
    const pivot = m[k]?.[k] as number;
    smallest = Math.min(smallest, pivot);
    for (let i = k + 1; i < m.length; i++) {
      const ratio = (m[i]?.[k] as number) / pivot;
      for (let j = k; j < m.length; j++)
        (m[i] as number[])[j] = (m[i]?.[j] as number) - ratio * (m[k]?.[j] as number);
    }
  }
  return smallest;
}

const slot = { id: 'grid', kind: 'order', decide: 'client', policy: { type: 'greedy' }, rules: [] } as const;

function decisionOf(items: readonly Item[], seed: string, output: ModelOutput): Decision {
  return decide({
    slot,
    candidates: items.map((item) => ({ item, source: 'authored' })),
    authored: items.map(({ id }) => id),
    context: createContext(),
    profile: undefined,
    encoder,
    scorer: scorerOf(seed, output),
    adapter: createAdapter(adaptSpec, output),
    arm: 'personalized',
    shown: new Set(),
    seed,
    now: 0,
  });
}

const shelf: readonly Item[] = TAGS.map((tag, i) => ({
  id: `i${i}`,
  tags: [tag, TAGS[(i + 1) % D] as string],
  price: 1,
}));
const click = (item: string | undefined) => ({ type: 'click', item: item ?? '', at: 0 }) as const;

test('before any reward, and with a posterior that is damaged or of another pack, scores keep their bits', () => {
  const number = fc.double();
  const damaged = fc.oneof(
    fc.constant({}),
    fc.record({ names: fc.constant(TAGS), mean: fc.array(number), factor: fc.array(number) }),
    fc.record({ names: fc.array(fc.string()), mean: fc.array(number, { minLength: D, maxLength: D }) }),
    fc.record({ names: fc.anything(), mean: fc.anything(), factor: fc.anything() }),
    fc.constant(null),
  );
  fc.assert(
    fc.property(request, damaged, output, (asked, posterior, output) => {
      const adapter = createAdapter({ ...adaptSpec, names: [...TAGS.slice(1), 'new'] }, output);
      const profile = { ...emptyProfile(0, 's'), posterior: posterior as Posterior };
      const plain = decide({ ...asked, profile, adapter: undefined });
      expect(decide({ ...asked, profile, adapter }).chosen).toEqual(plain.chosen);
      const rows = {
        ranked: plain.ranking?.ranked as Float32Array,
        features: plain.ranking?.features as Float32Array,
      };
      const { sampleScores: sample } = adapter.forPolicies(profile.posterior, rows);
      expect(sample('s', 0).every(Number.isFinite)).toBe(true);
    }),
    propertyRuns(),
  );
});

test('any rewards: the covariance stays positive definite and within the prior, the state small', () => {
  fc.assert(
    fc.property(
      output,
      fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.nat(D - 1), fc.boolean()), {
        minLength: 1,
        maxLength: 40,
      }),
      (output, acts) => {
        let posterior: Posterior = {};
        for (const [seed, index, liked] of acts) {
          const decision = decisionOf(shelf, seed, output);
          const item = decision.slate.items[index]?.id ?? '';
          posterior = learn(posterior, {
            decision,
            events: [{ type: liked ? 'click' : 'dismiss', item, at: 0 }],
          });
        }
        if (!posterior.mean) return;
        const covariance = covarianceOf(posterior);
        expect(smallestPivot(covariance)).toBeGreaterThan(0);
        for (const [i, row] of covariance.entries()) {
          expect(row[i]).toBeLessThanOrEqual(adaptSpec.priorDeviation ** 2 * (1 + 1e-6));
        }
        expect(posterior.mean.every(Number.isFinite)).toBe(true);
      },
    ),
    propertyRuns(0.25),
  );
});

test('a hundred thousand rewards later it is still a normal distribution, and still learns', () => {
  const updates = RUNS > 1000 ? 1_000_000 : 100_000;
  const decisions = ['a', 'b', 'c'].map((seed) => decisionOf(shelf, seed, 'utility'));
  let posterior: Posterior = {};
  for (let i = 0; i < updates; i++) {
    const decision = decisions[i % 3] as Decision;
    const item = decision.slate.items[(i * 5) % D]?.id;
    posterior = learn(posterior, { decision, events: [click(item)] });
  }
  const covariance = covarianceOf(posterior);
  expect(smallestPivot(covariance)).toBeGreaterThan(1e-6);
  for (const [i, row] of covariance.entries()) expect(row[i]).toBeLessThanOrEqual(0.25 * (1 + 1e-6));
  const [decision] = decisions as [Decision];
  const last = decision.slate.items.at(-1)?.id;
  let after = posterior;
  for (let i = 0; i < 200; i++) after = learn(after, { decision, events: [click(last)] });
  const scoreOf = (posterior: Posterior) =>
    decide({ ...decision.request, profile: { ...emptyProfile(0, 's'), posterior } }).chosen.find(
      ({ id }) => id === last,
    )?.score ?? 0;
  expect(scoreOf(after)).toBeGreaterThan(scoreOf(posterior) + 0.5);
}, 240_000);

test('32 columns: the stored state stays below 9 KB', () => {
  const names = Array.from({ length: 32 }, (_, i) => `column-${i}`);
  const columns = names.map((_, i) => i % encoder.width);
  const spec = { columns, names, priorDeviation: 0.5, forgetting: 0.99 };
  const decision = decide({
    ...decisionOf(shelf, 'wide', 'utility').request,
    adapter: createAdapter(spec, 'utility'),
  });
  let posterior: Posterior = {};
  for (let i = 0; i < 300; i++) posterior = learn(posterior, { decision, events: [click(`i${i % D}`)] });
  expect(posterior.factor).toHaveLength(528);
  expect(JSON.stringify(posterior).length).toBeLessThan(9000);
});

test('what is learnt does not depend on what the visitor did with sensitive items', () => {
  const isSensitive = (index: number) => shelf[index]?.tags?.some((tag) => SENSITIVE.has(tag)) ?? false;
  const act = fc.tuple(fc.constantFrom<EventType>('click', 'purchase', 'dismiss', 'view'), fc.nat(D - 1));
  let learnt = 0;
  fc.assert(
    fc.property(output, fc.string(), fc.array(act, { maxLength: 8 }), (output, seed, acts) => {
      const after = (kept: typeof acts) => {
        const learner = createLearner({ spec: adaptSpec, output, sensitive: SENSITIVE });
        let profile = learner.see(emptyProfile(0, 's'), decisionOf(shelf, seed, output), 0);
        for (const [type, index] of kept)
          profile = learner.learn(profile, { type, item: `i${index}`, at: 1 });
        return profile.posterior;
      };
      const found = after(acts);
      expect(found).toEqual(after(acts.filter(([, index]) => !isSensitive(index))));
      if (found.mean) learnt++;
    }),
    propertyRuns(0.5),
  );
  expect(learnt).toBeGreaterThan(20);
});

test('what the visitor prefers rises above what it was preferred to', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: D - 1 }), output, (seed, index, output) => {
      const decision = decisionOf(shelf, seed, output);
      const chosen = decision.slate.items[index];
      const before = decision.slate.items[0];
      const posterior = learn({}, { decision, events: [click(chosen?.id)] });
      const again = decide({ ...decision.request, profile: { ...emptyProfile(0, 's'), posterior } });
      const logit = (score: number) => (output === 'probability' ? Math.log(score / (1 - score)) : score);
      const score = (from: Decision, id: string | undefined) =>
        logit(from.chosen.find((item) => item.id === id)?.score ?? 0);
      const gap = (from: Decision) => score(from, chosen?.id) - score(from, before?.id);
      // A score of exactly 1 has no logit.
      fc.pre(Number.isFinite(gap(decision)));
      expect(gap(again)).toBeGreaterThan(gap(decision));
    }),
    propertyRuns(0.5),
  );
});
