import { expect, test } from 'vitest';
import { InklingError } from '../inkling-error.ts';
import { exportProfile } from './export-profile.ts';
import { importProfile } from './import-profile.ts';
import { emptyProfile, PROFILE_LIMITS, type Profile } from './profile.ts';
import { createReducer } from './reduce-profile.ts';

const NOW = Date.parse('2026-05-04T12:00:00.000Z');
const reduce = createReducer({ item: (id) => ({ id, tags: ['coffee', 'constructor', '__proto__'] }) });
const profile: Profile = {
  ...(['view', 'click', 'add_to_cart', 'exposure'] as const).reduce(
    (state, type, i) => reduce(state, { type, item: 'kettle', at: NOW - i }),
    emptyProfile(NOW - 9000, 'seed'),
  ),
  dismissed: ['lamp'],
  decisions: [{ id: 'd', slot: 'grid', at: NOW, source: 'ranker', items: ['kettle'] }],
};

test('a visitor can read the file', () => {
  const file = JSON.parse(exportProfile(profile, NOW));
  expect(file).toMatchObject({
    createdAt: '2026-05-04T11:59:51.000Z',
    tastes: [{ tag: 'coffee', sentence: 'You showed much interest in this.' }, {}, {}],
    recents: [
      {
        id: 'kettle',
        at: '2026-05-04T12:00:00.000Z',
        sentence:
          'You looked at it once, clicked it once, put it into the cart once. It was left without being bought.',
      },
    ],
    seen: [{ what: 'item:kettle', days: [{ day: '2026-05-04', times: 1 }] }, {}, {}, {}],
  });
});

test('a file comes back whole', () => {
  expect(importProfile(exportProfile(profile, NOW), NOW)).toEqual(profile);
});

const broken = (change: (file: Record<string, unknown>) => void): string => {
  const file = JSON.parse(exportProfile(profile, NOW));
  change(file);
  return JSON.stringify(file);
};
test.each([
  ['{', 'file: expected JSON'],
  ['[]', 'file: expected an object, found []'],
  [broken((file) => (file.format = 9)), 'file.format: expected 2, found 9'],
  [
    broken((file) => ((file.recents as { at: unknown }[])[0] = { at: 3 })),
    'file.recents[0].id: expected a text of at most 256 characters, found nothing',
  ],
  [
    broken((file) => Object.assign((file.tastes as object[])[1] as object, { value: '1' })),
    'file.tastes[1].value: expected a number, found "1"',
  ],
  [
    broken((file) => (file.createdAt = '2027-01-01T00:00:00.000Z')),
    'file.createdAt: expected a time such as 2026-01-31T09:30:00.000Z, not in the future, found "2027',
  ],
  [
    broken((file) => (file.seen = [{ what: 'colour:red', days: [] }])),
    'file.seen[0].what: expected item:…, tag:… or slot:…, found "colour:red"',
  ],
  [
    broken((file) => (file.dismissed = Array(201).fill('x'))),
    'file.dismissed: expected a list of at most 200, found ["x"',
  ],
])('a file that is not right is refused whole, with its place', (text, message) => {
  expect(() => importProfile(text, NOW)).toThrow(InklingError);
  expect(() => importProfile(text, NOW)).toThrow(message);
});

test('a file past its expiry is refused', () => {
  expect(() => importProfile(exportProfile(profile, NOW), NOW + PROFILE_LIMITS.lifeMs)).toThrow(
    'expected a time within the last 395 days',
  );
});
