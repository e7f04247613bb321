// Writes decision.json: two models of seeded weights, six moments from nothing known to all known and learnt, and slots
// of every kind and policy, with all that comes of them. Run it only when decisions are meant to change; the difference
// is then read line by line, after `npm run format`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ContextPatch, emptyProfile, type Item, type Profile, type SlotSpec } from '@inkling/core';
import { InferenceSession } from '@inkling/onnx';
import { type DecisionVectors, decideMoments, type Moment } from './run-decision-vectors.ts';
import { seededRankers } from './seeded-rankers.ts';

const NOW = Date.UTC(2026, 2, 14, 15, 9, 26, 535);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const items: readonly Item[] = [
  {
    id: 'cape',
    price: 79.9,
    tags: ['rain', 'gift'],
    group: 'wear',
    publishedAt: '2026-03-01',
    attributes: { season: 'spring', popularity: 0.3, margin: 4, stock: 3 },
  },
  {
    id: 'kettle',
    price: 24,
    tags: ['coffee'],
    group: 'kitchen',
    attributes: { season: 'all', margin: 9, stock: 8 },
  },
  {
    id: 'lamp',
    price: 24,
    group: 'home',
    publishedAt: '2026-03-13T10:20:30.405Z',
    attributes: { popularity: 17, stock: 1 },
  },
  {
    id: 'boots',
    price: 129.95,
    tags: ['rain', 'snow'],
    group: 'wear',
    attributes: { season: 'winter', stock: 5 },
  },
  { id: 'sold-out', price: 5, tags: ['gift'], group: 'home', available: false },
  {
    id: 'mug',
    price: 9.5,
    tags: ['coffee', 'gift'],
    group: 'kitchen',
    attributes: { popularity: 2.5, stock: 0 },
  },
  { id: 'bare' },
  {
    id: 'hat',
    parent: 'clothes',
    price: 20,
    tags: ['sun'],
    group: 'wear',
    attributes: { margin: 2, stock: 9 },
  },
  {
    id: 'scarf',
    parent: 'clothes',
    price: 31,
    tags: ['snow', 'gift'],
    group: 'wear',
    attributes: { stock: 2 },
  },
  { id: '__proto__', price: 1e-9, tags: ['constructor', '__proto__'], group: 'constructor' },
  {
    id: 'filter',
    price: 4,
    tags: ['coffee'],
    group: 'kitchen',
    publishedAt: '2026-02-01',
    attributes: { stock: 4 },
  },
];

const visitor: Profile = {
  ...emptyProfile(NOW - 30 * DAY, 'visit'),
  visit: { seed: 'visit', startedAt: NOW - 9 * MINUTE, lastAt: NOW - MINUTE, pages: 3, cart: 1, count: 2 },
  affinities: { coffee: [3.5, NOW - 4321 * MINUTE], rain: [-1, NOW - 7 * MINUTE], gift: [1, NOW - DAY] },
  recents: [
    { id: 'lamp', at: NOW - 61_234, views: 2, clicks: 1 },
    { id: 'cape', at: NOW - 4000 * MINUTE, views: 7, clicks: 0 },
  ],
  dismissed: ['bare'],
  counters: { 'item:hat': [Math.floor(NOW / DAY), 2], 'tag:coffee': [Math.floor(NOW / DAY), 1] },
};
const { names } = seededRankers.logit.adapt;
const profiles = {
  visitor,
  /** One who was learnt from: means and correlations. */
  learnt: {
    ...visitor,
    posterior: {
      names,
      mean: names.map((_, i) => (i % 2 === 0 ? 0.4 : -0.3)),
      factor: names.flatMap((_, i) => names.slice(0, i + 1).map((_, j) => (i === j ? 0.35 : 0.05 * (j - i)))),
      rewards: 12,
    },
  },
} satisfies DecisionVectors['profiles'];

const slot = { decide: 'client', kind: 'order', k: 5, rules: [] } as const;
const slots: readonly SlotSpec[] = [
  { ...slot, id: 'greedy', policy: { type: 'greedy' } },
  {
    ...slot,
    id: 'epsilon',
    policy: { type: 'epsilon', epsilon: 0.5, top: 6 },
    rules: [
      { type: 'pin', item: 'lamp', position: 1 },
      { type: 'exclude', tag: 'sun' },
    ],
    diversity: { lambda: 0.6 },
  },
  {
    ...slot,
    id: 'softmax',
    kind: 'list',
    policy: { type: 'softmax', temperature: 0.4 },
    rules: [
      { type: 'cap', max: 2, each: 'group' },
      { type: 'minimum', min: 1, group: 'home' },
      { type: 'stock', attribute: 'stock', relax: 1 },
      { type: 'boost', factor: 1.7, tag: 'coffee' },
      { type: 'bury', item: 'kettle' },
      { type: 'schedule', until: '2026-03-01', item: 'filter' },
      { type: 'visitor-cap', max: 1, days: 7, each: 'item' },
    ],
    objectives: [
      { type: 'calibration', weight: 0.5 },
      { type: 'freshness', weight: 0.3, halfLifeDays: 10 },
      { type: 'attribute', weight: 0.2, attribute: 'margin' },
      { type: 'novelty', weight: 0.1 },
    ],
  },
  {
    ...slot,
    id: 'squarecb',
    policy: { type: 'squarecb', gamma: 8, top: 6 },
    diversity: { lambda: 0.8 },
  },
  {
    ...slot,
    id: 'thompson',
    policy: { type: 'thompson', epsilon: 0.05, spread: 1, top: 4, fresh: { tag: 'snow' } },
    diversity: { lambda: 0.7 },
    objectives: [{ type: 'novelty', weight: 0.2, days: 7 }],
  },
  { ...slot, id: 'variant', kind: 'variant', k: 1, policy: { type: 'epsilon', epsilon: 0.3 } },
  { ...slot, id: 'variants', kind: 'variant', per: 'item', policy: { type: 'softmax', temperature: 1 } },
  {
    ...slot,
    id: 'shelves',
    kind: 'shelves',
    k: 2,
    policy: { type: 'epsilon', epsilon: 0.2 },
    shelves: { k: 2, policy: { type: 'softmax', temperature: 0.5 } },
  },
  { ...slot, id: 'weekly', cadence: 'weekly:friday', policy: { type: 'softmax', temperature: 1 } },
];

const known: ContextPatch = {
  time: { hour: 17, weekday: 6, month: 3, season: 'spring' },
  device: { form: 'phone' },
  geo: { country: 'DE' },
  weather: { condition: 'rain', temperature: 'cold' },
  visit: { type: 'returning' },
};
const moment = { arm: 'personalized', shown: [], seed: 'page', now: NOW } as const;
const moments: readonly Moment[] = [
  { ...moment, name: 'logits, nothing known', ranker: 'logit', context: {} },
  { ...moment, name: 'logits, learnt', ranker: 'logit', context: known, profile: 'learnt', shown: ['cape'] },
  {
    ...moment,
    name: 'utilities, first visit',
    ranker: 'utility',
    context: known,
    profile: 'visitor',
    seed: 'é𝛑',
  },
  { ...moment, name: 'probabilities, nothing known', ranker: 'probability', context: {} },
  { ...moment, name: 'probabilities, learnt', ranker: 'probability', context: known, profile: 'learnt' },
  {
    ...moment,
    name: 'probabilities, holdout',
    ranker: 'probability',
    context: { weather: { condition: 'snow' } },
    profile: 'visitor',
    arm: 'holdout',
  },
];

const vectors = {
  rankers: seededRankers,
  items,
  profiles,
  slots,
  events: ['click', 'less_like_this'],
  moments,
} as const;
const { results } = await decideMoments(vectors, InferenceSession);
writeFileSync(
  join(import.meta.dirname, 'decision.json'),
  `${JSON.stringify({ ...vectors, results } satisfies DecisionVectors, null, 2)}\n`,
);
