import { expect, test } from 'vitest';
import { contextualPopularity } from '../bench/frappe/contextual-popularity.ts';
import { MOMENT, type Use } from '../bench/frappe/read-uses.ts';

const APPS = ['map', 'news'];

function useOf(user: string, item: string, country: string): Use {
  const words = Object.fromEntries(MOMENT.map((name) => [name, 'unknown']));
  return { user, item, label: 1, words: { ...words, country } };
}

/** By how much `map` is ahead of `news`. */
function lead(train: readonly Use[], country: string): number {
  const [map = 0, news = 0] = contextualPopularity(train, APPS)(useOf('', '', country).words);
  return map - news;
}

const everywhere = Array.from({ length: 100 }, (_, i) => useOf(`u${i}`, APPS[i % 2] as string, 'here'));
const abroad = (count: number) => Array.from({ length: count }, (_, i) => useOf(`a${i}`, 'map', 'abroad'));

test('the more uses a country has, the more it says', () => {
  expect(lead(everywhere, 'here')).toBeCloseTo(0, 6);
  const [few, many] = [2, 50].map((count) => {
    const train = [...everywhere, ...abroad(count)];
    return lead(train, 'abroad') - lead(train, 'nowhere');
  });
  expect(few).toBeGreaterThan(0);
  expect(few).toBeLessThan(0.1);
  // Of 50 uses 50 instead of 33⅓, and none instead of 16⅔, each with 20 more.
  expect(many).toBeCloseTo(Math.log(70 / (20 + 100 / 3) / (20 / (20 + 50 / 3))) / 2, 3);
});

test('a country that nobody was in says nothing', () => {
  const train = [...everywhere, useOf('u', 'news', 'here')];
  const words = useOf('', '', 'nowhere').words;
  const scores = contextualPopularity(train, APPS)(words);
  expect(scores[1]).toBeGreaterThan(scores[0] as number);
  expect(lead(train, 'nowhere')).toBeCloseTo(lead(train, 'elsewhere'), 12);
});

test('somebody who uses much weighs less a use than many who use little', () => {
  const one = Array.from({ length: 50 }, () => useOf('one', 'news', 'here'));
  const many = Array.from({ length: 40 }, (_, i) => useOf(`m${i}`, 'map', 'here'));
  expect(lead([...one, ...many], 'here')).toBeGreaterThan(0);
});
