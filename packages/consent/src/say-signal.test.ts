import { type Context, createContext } from '@inkling/core';
import { expect, test } from 'vitest';
import { ENGLISH_MOMENT, type MomentSentences } from './moment-sentences.ts';
import { saySignal } from './say-signal.ts';
import { TEXTS as ARABIC } from './texts/moment-ar.ts';
import { TEXTS as GERMAN } from './texts/moment-de.ts';
import { TEXTS as FRENCH } from './texts/moment-fr.ts';

const ALL: readonly MomentSentences[] = [ENGLISH_MOMENT, GERMAN, FRENCH, ARABIC];
/** Words that are the same in English. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  de: ['winter', 'mild', 'warm', 'tablet'],
  fr: ['social'],
};
/** The values of the context's closed lists. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'time.season': ['spring', 'summer', 'autumn', 'winter'],
  'time.daypart': ['morning', 'midday', 'afternoon', 'evening', 'night'],
  'time.daylight': ['day', 'night'],
  'device.form': ['phone', 'tablet', 'desktop'],
  'device.pointer': ['coarse', 'fine'],
  'device.viewport': ['small', 'medium', 'large'],
  'device.colorScheme': ['light', 'dark'],
  'device.reducedMotion': ['true', 'false'],
  'weather.condition': ['clear', 'cloud', 'fog', 'rain', 'snow', 'storm'],
  'weather.temperature': ['freezing', 'cold', 'mild', 'warm', 'hot'],
  'weather.wind': ['calm', 'breezy', 'windy'],
  'referral.channel': ['direct', 'search', 'social', 'email', 'campaign', 'internal', 'other'],
  'geo.source': ['edge', 'timezone'],
  'visit.type': ['new', 'returning'],
};

test('hours, days, months, places and languages are said as people say them', () => {
  const said = (texts: MomentSentences) =>
    [
      ['time.hour', '17'],
      ['time.weekday', '5'],
      ['time.month', '11'],
      ['geo.country', 'NO'],
      ['device.language', 'de'],
      ['page.depth', '0.5'],
    ].map(([path = '', value = '']) => saySignal(path, value, texts).replace(/\s/g, ' '));
  expect(said(ENGLISH_MOMENT)).toEqual([
    'It is 5 PM.',
    'It is a Friday.',
    'The month is November.',
    'You are in Norway.',
    'Your browser’s language is German.',
    'You have seen 50% of this page.',
  ]);
  expect(said(GERMAN).slice(0, 4)).toEqual([
    'Es ist 17 Uhr.',
    'Es ist Freitag.',
    'Der Monat ist November.',
    'Sie sind hier: Norwegen.',
  ]);
});

test('every signal of the context has a sentence in every language, with its value in it', () => {
  const context: Context = createContext();
  const paths = (Object.keys(context) as (keyof Context)[]).flatMap((area) =>
    Object.keys(context[area]).map((field) => `${area}.${field}`),
  );
  for (const { language, sentences } of ALL) {
    expect(Object.keys(sentences).sort(), language).toEqual(paths.sort());
    for (const sentence of Object.values(sentences)) expect(sentence, language).toContain('{value}');
  }
});

test('no English word is left in another language, nor a word of the trade in English', () => {
  for (const [path, values] of Object.entries(VALUES)) {
    for (const value of values) {
      const english = saySignal(path, value, ENGLISH_MOMENT);
      expect(english, path).not.toMatch(/true|false|coarse|fine|timezone/);
      for (const texts of [GERMAN, FRENCH, ARABIC]) {
        const said = saySignal(path, value, texts);
        if (SAME[texts.language]?.includes(value)) continue;
        expect(said.toLowerCase().split(/[\s.:]+/), `${texts.language} ${path}`).not.toContain(value);
      }
    }
  }
});

test('what a site declares itself stands by its name; a code that nobody knows stands as it is', () => {
  expect(saySignal('custom.memberSince', '2020', GERMAN)).toBe('member since: 2020.');
  expect(saySignal('geo.country', 'not a country', ENGLISH_MOMENT)).toBe('You are in not a country.');
  // Nothing that every object has is taken for a word.
  expect(saySignal('page.type', 'constructor', ENGLISH_MOMENT)).toBe('This page is: constructor.');
});
