import { expect, test } from 'vitest';
import { checkValue } from '../read-json.ts';
import { readConditions } from './conditions.ts';
import { rulesSchema } from './rules-schema.ts';

const rain = {
  when: { 'weather.condition': 'rain' },
  prefer: 'tag:rain-gear',
  strength: 'strong',
  because: 'It is raining.',
};

test.each<[string, object, RegExp]>([
  [
    'a word that the signal never has',
    { ...rain, when: { 'weather.condition': 'rian' } },
    /\[0\]\.when: expected one of clear, .* not rian/,
  ],
  [
    'a signal that does not exist',
    { ...rain, when: { 'moon.phase': 'full' } },
    /a signal such as weather\.condition, .* in place of moon\.phase/,
  ],
  [
    'an hour that does not exist',
    { ...rain, when: { 'time.hour': '20-24' } },
    /0 to 23 or a range for time\.hour, not 20-24/,
  ],
  [
    'a month misspelt',
    { ...rain, when: { 'time.month': 'octobre' } },
    /january to december, or 1 to 12 or a range/,
  ],
  [
    'a hemisphere without months',
    { ...rain, when: { hemisphere: 'north' } },
    /time\.month beside hemisphere/,
  ],
  [
    'a hemisphere of no globe',
    { ...rain, when: { hemisphere: 'east', 'time.month': '1' } },
    /north or south/,
  ],
  [
    'neither prefer nor avoid',
    { ...rain, prefer: undefined },
    /\[0\]\.prefer: expected one of prefer and avoid/,
  ],
  ['both', { ...rain, avoid: 'tag:a' }, /one of prefer and avoid/],
  [
    'a target of no kind',
    { ...rain, prefer: 'rain-gear' },
    /\[0\]\.prefer: expected tag:…, .* found "rain-gear"/,
  ],
  ['an attribute without a value', { ...rain, prefer: 'attribute:season' }, /\[0\]\.prefer: expected tag:…/],
  ['a strength nobody declared', { ...rain, strength: 'huge' }, /\[0\]\.strength: expected .*"weak"/],
  ['no sentence', { ...rain, because: '' }, /\[0\]\.because: expected/],
  ['words that a condition does not have', { ...rain, because: 'You like {tags}.' }, /in place of \{tags\}/],
  [
    'popularity by weather',
    { ...rain, prefer: 'popular' },
    /\[0\]\.when: expected no condition with popular/,
  ],
  ['days for a tag', { ...rain, days: 7 }, /\[0\]\.days: expected days with the target new only/],
  ['a date of no calendar', { ...rain, retired: 'soon' }, /\[0\]\.retired: expected/],
])('%s is refused', (_, rule, message) => {
  expect(() => checkValue('rules.json', [JSON.parse(JSON.stringify(rule))], rulesSchema)).toThrow(message);
  expect(checkValue('rules.json', [rain], rulesSchema)).toEqual([rain]);
});

test('conditions: names, ranges in a circle, numbers, and names that look like numbers', () => {
  expect(readConditions()).toEqual([[]]);
  expect(
    readConditions({ 'time.weekday': 'saturday-monday', 'session.cart': '1-3', 'custom.agent': '007' }),
  ).toEqual([
    [
      { signal: 'time.weekday', values: ['6', '7', '1'] },
      { signal: 'session.cart', values: ['1', '2', '3'] },
      { signal: 'custom.agent', values: ['007'] },
    ],
  ]);
  expect(readConditions({ 'referral.campaign': 'black-friday', 'device.dataSaver': 'true' })).toEqual([
    [
      { signal: 'referral.campaign', values: ['black-friday'] },
      { signal: 'device.dataSaver', values: ['true'] },
    ],
  ]);
  expect(readConditions({ 'time.month': ['november-january', '6'], hemisphere: 'south' })).toEqual([
    [
      { signal: 'time.month', values: ['11'] },
      { signal: 'time.season', values: ['spring'] },
    ],
    [
      { signal: 'time.month', values: ['12', '1'] },
      { signal: 'time.season', values: ['summer'] },
    ],
    [
      { signal: 'time.month', values: ['6'] },
      { signal: 'time.season', values: ['winter'] },
    ],
  ]);
});
