import { type ConsentState, createGate } from '@inkling/core';
import { expect, test } from 'vitest';
import { type ConnectedPage, connectReader } from './connect-reader.ts';
import { createReader } from './create-reader.ts';

const DAY = 86_400_000;

function open(stored?: string, globalPrivacyControl = false) {
  const map = new Map(stored ? [['inkling.consent', stored]] : []);
  const storage = {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
  const tells: (() => void)[] = [];
  const options = {
    storage: () => storage,
    now: () => 20_000 * DAY,
    globalPrivacyControl,
    changes: (fn: () => void) => {
      tells.push(fn);
      return () => {};
    },
  };
  const reader = createReader(options);
  const letters = () =>
    Object.values(reader.get().purposes)
      .map((grant) => grant[0])
      .join('');
  const tellAll = () => {
    for (const tell of tells) tell();
  };
  return { map, reader, options, letters, tellAll };
}

const ACCEPTED = '{"v":2,"p":"gggg-","policy":1,"day":20000,"by":"accept-all"}';

test('reads what is stored, in either format, and nothing else', () => {
  expect(open().letters()).toBe('guuuu');
  expect(open().reader.decided).toBe(false);
  const { letters, reader } = open(ACCEPTED);
  expect(letters()).toBe('ggggu');
  expect(reader.decided).toBe(true);
  expect(reader.get().regime).toBe('opt-in');
  expect(open(ACCEPTED.replace('2', '1')).letters()).toBe('ggggu');
  expect(open('{"v":2,"p":"gwww-","policy":1,"day":20000,"by":"save"}').letters()).toBe('grrru');
  for (const broken of ['', 'null', ACCEPTED.replace('gggg-', 'yyyyy'), ACCEPTED.slice(1)]) {
    expect(open(broken).letters()).toBe('guuuu');
  }
});

test('the signal outranks a choice that was made without it', () => {
  expect(open(ACCEPTED, true).letters()).toBe('ggrrr');
  expect(open(ACCEPTED.replace('}', ',"gpc":true}'), true).letters()).toBe('ggggu');
});

test('storage that throws is as good as none', () => {
  const reader = createReader({
    storage: () => {
      throw new Error('denied');
    },
    now: () => 0,
    changes: () => {},
  });
  expect(reader.get().purposes.profile).toBe('unset');
  reader.forget();
});

test("tells of other tabs' changes, once, whatever another subscriber throws", () => {
  const { map, reader, tellAll } = open();
  const heard: ConsentState[] = [];
  reader.subscribe(() => {
    throw new Error('mine');
  });
  const stop = reader.subscribe((state) => heard.push(state));
  map.set('inkling.consent', ACCEPTED);
  tellAll();
  tellAll();
  expect(heard.map(({ purposes }) => purposes.profile)).toEqual(['granted']);
  stop();
  map.clear();
  tellAll();
  expect(heard.length).toBe(1);
});

test('forget takes every grant away at once', () => {
  const { map, reader, letters } = open(ACCEPTED);
  const heard: ConsentState[] = [];
  reader.subscribe((state) => heard.push(state));
  reader.forget();
  expect(map.size).toBe(0);
  expect(letters()).toBe('guuuu');
  expect(heard).toEqual([reader.get()]);
});

test('with a machine behind it, it says and tells what the machine does, by the rule of the place', () => {
  const { reader, options, tellAll, map } = open();
  const heard: ConsentState[] = [];
  reader.subscribe((state) => heard.push(state));
  // Of the page it takes these as long as nothing is shown.
  const page = {
    pack: () => ({}),
    gate: createGate({ consent: reader, report: () => {} }),
    report: () => {},
  } as unknown as ConnectedPage;
  const consent = connectReader(reader, options, page, { country: 'US', region: 'CA' });
  expect(reader.get()).toBe(consent.get());
  expect(reader.get()).toMatchObject({ regime: 'opt-out', region: 'US-CA' });
  consent.choose('accept-all');
  expect(reader.decided).toBe(true);
  consent.withdraw();
  expect(heard).toEqual([expect.anything(), consent.get()]);
  map.set('inkling.consent', ACCEPTED);
  tellAll();
  expect(heard.length).toBe(3);
  expect(reader.get().purposes.profile).toBe('granted');
});
