import { expect, test } from 'vitest';
import type { SlotSpec } from '../slate/slot.ts';
import { slotsSchema } from './slot-schema.ts';

const slot: SlotSpec = { id: 'grid', kind: 'list', decide: 'client', policy: { type: 'greedy' }, rules: [] };
const issuesOf = (over: object) => slotsSchema.safeParse([{ ...slot, ...over }]).error?.issues ?? [];
const whole = {
  policy: { type: 'thompson', epsilon: 0.05, spread: 0.5, top: 10, fresh: { tag: 'new' } },
  rules: [
    { type: 'pin', item: 'a', position: 0 },
    { type: 'only', group: 'product' },
    { type: 'exclude', attribute: 'brand', value: 'peak', relax: 2 },
    { type: 'stock', attribute: 'stock', atLeast: 2 },
    { type: 'schedule', item: 'a', from: '2026-01-01', until: '2026-02-01T09:00:00Z' },
    { type: 'boost', tag: 'rain', factor: 1.5 },
    { type: 'bury', tag: 'sale' },
    { type: 'cap', tag: 'rain', max: 2, relax: 1 },
    { type: 'cap', attribute: 'brand', max: 2 },
    { type: 'cap', each: 'parent', max: 1 },
    { type: 'minimum', attribute: 'partner', value: true, min: 1 },
    { type: 'visitor-cap', each: 'item', max: 3, days: 7 },
    { type: 'visitor-cap', each: 'slot', max: 3, days: 7 },
  ],
  diversity: { lambda: 0.7 },
  objectives: [
    { type: 'calibration', weight: 0.5, alpha: 0.01 },
    { type: 'freshness', weight: 0.1, halfLifeDays: 14 },
    { type: 'attribute', weight: 0.2, attribute: 'margin' },
    { type: 'novelty', weight: 0.1 },
  ],
  cadence: 'weekly:monday',
};

test('a slot may say all that core knows', () => {
  expect(issuesOf(whole)).toEqual([]);
  expect(issuesOf({ kind: 'shelves', shelves: { k: 2, policy: { type: 'greedy' }, rules: [] } })).toEqual([]);
  expect(issuesOf({ kind: 'variant', per: 'item' })).toEqual([]);
});

test.each([
  [{ policy: { type: 'softmax', temperature: 0 } }, ['policy', 'temperature']],
  [{ policy: { type: 'thompson', epsilon: 0.001 } }, ['policy', 'epsilon']],
  [{ policy: { type: 'thompson', spread: 0 } }, ['policy', 'spread']],
  [{ policy: { type: 'epsilon', epsilon: 0.1, top: 21 } }, ['policy', 'top']],
  [{ policy: { type: 'squarecb' } }, ['policy', 'gamma']],
  [{ policy: { type: 'ucb' } }, ['policy', 'type']],
  [{ rules: [{ type: 'boost', tag: 'rain', factor: 0 }] }, ['rules', 0]],
  [{ rules: [{ type: 'cap', max: 1 }] }, ['rules', 0]],
  [{ rules: [{ type: 'exclude', tag: 'rain', group: 'product' }] }, ['rules', 0]],
  [{ rules: [{ type: 'unknown', tag: 'rain' }] }, ['rules', 0]],
  [{ objectives: [{ type: 'freshness', weight: -1, halfLifeDays: 1 }] }, ['objectives', 0, 'weight']],
  [{ cadence: 'weekly:someday' }, ['cadence']],
  [{ per: 'item' }, ['kind']],
  [{ shelves: {} }, ['kind']],
  [
    {
      rules: [
        { type: 'pin', item: 'a', position: 0 },
        { type: 'pin', item: 'b', position: 0 },
      ],
    },
    ['rules', 1],
  ],
])('refused, at its place: %j', (over, path) => {
  const paths = issuesOf(over).map((issue) => JSON.stringify(issue.path.slice(0, path.length + 1)));
  expect(paths).toContain(JSON.stringify([0, ...path]));
});

test('the edge decides what follows from the moment alone', () => {
  const atEdge = { decide: 'edge', kind: 'order' };
  expect(issuesOf(atEdge)).toEqual([]);
  expect(issuesOf({ ...atEdge, kind: 'variant', rules: whole.rules, diversity: whole.diversity })).toEqual(
    [],
  );
  for (const over of [
    { kind: 'list' },
    { kind: 'shelves' },
    { kind: 'variant', per: 'item' },
    { policy: { type: 'epsilon', epsilon: 0.1 } },
    { policy: whole.policy },
    { cadence: 'daily' },
  ]) {
    expect(issuesOf({ ...atEdge, ...over })).toMatchObject([{ path: [0, 'decide'] }]);
  }
});
