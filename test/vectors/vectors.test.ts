import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askWorker } from '../engines/ask-worker.ts';
import { type ServedPage, servePage } from '../engines/serve-page.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';
import { runVectors, type Vectors } from './run-vectors.ts';

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));
const vectors: Vectors = {
  encoder: [read('encoder.json'), read('encoder-format-1.json')],
  decision: read('decision.json'),
};
const asCommitted = { backends: ['wasm', 'js'], faults: [] };

let page: ServedPage;
beforeAll(async () => {
  page = await servePage(join(import.meta.dirname, 'page.ts'), { '/vectors.json': vectors });
});
afterAll(() => page.close());

test('the vectors are of every kind of slot, policy and ranker', () => {
  const { moments, slots, results } = vectors.decision;
  expect(new Set(slots.map(({ kind }) => kind)).size).toBe(4);
  expect(new Set(slots.map(({ policy }) => policy.type)).size).toBe(5);
  expect(new Set(moments.map(({ ranker }) => ranker)).size).toBe(3);
  expect(results).toHaveLength(moments.length);
  for (const { slates } of results) expect(Object.keys(slates)).toEqual(slots.map(({ id }) => id));
});

test('Node decides as committed', async () => {
  expect(await runVectors(vectors)).toEqual(asCommitted);
});

test('so does workerd', async () => {
  expect(await askWorker(join(import.meta.dirname, 'worker.ts'), vectors)).toEqual(asCommitted);
});

test.for(ENGINES)('so does %s', { timeout: 60_000 }, async ([, start], { skip }) => {
  const answer = await visitIn(start, page.url);
  if (answer === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
  expect(answer).toEqual(asCommitted);
});

test('one bit of a feature, a score or a contribution that differs is told by its place', async () => {
  const { decision } = vectors;
  const last = decision.results.at(-1) as (typeof decision.results)[number];
  const [feature = '', ...features] = last.features;
  const { greedy } = last.slates;
  const [reason = '', ...reasons] = greedy?.reasons ?? [];
  const altered = {
    ...last,
    features: [flipped(feature, /[0-9a-f]+$/), ...features],
    scores: flipped(last.scores, /[0-9a-f]+$/),
    slates: { ...last.slates, greedy: { ...greedy, reasons: [`${reason}!`, ...reasons] } },
  };
  const { faults } = await runVectors({
    encoder: [],
    decision: { ...decision, results: [...decision.results.slice(0, -1), altered] } as Vectors['decision'],
  });
  const places = faults.map((fault) => fault.slice(0, fault.indexOf(':')));
  const expected = [
    'probabilities, holdout, features, 0',
    'probabilities, holdout, scores',
    'probabilities, holdout, slates, greedy, reasons, 0',
  ];
  // By the kernels and by the twin.
  expect(places).toEqual([...expected, ...expected]);
});

function flipped(text: string, number: RegExp): string {
  return text.replace(number, (hex) => (Number.parseInt(hex, 16) ^ 1).toString(16));
}
