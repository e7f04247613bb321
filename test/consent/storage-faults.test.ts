import { CONSENT_KEY, type ConsentStorage } from '@inkling/consent';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCEPTED, checkStored, createBrowser, createStorage, REFUSED, UNSET } from './browser.ts';

afterEach(checkStored);

describe('storage that is damaged or broken', () => {
  const valid = { v: 1, p: 'ggggr', policy: 1, day: 20_000, by: 'save' };
  test.each([
    '',
    'null',
    '1',
    '[]',
    '{"v":1',
    'gggr-',
    JSON.stringify({ ...valid, v: 3 }),
    JSON.stringify({ ...valid, p: 'rgggg' }),
    JSON.stringify({ ...valid, p: 'ggggx' }),
    JSON.stringify({ ...valid, p: 'gggggg' }),
    JSON.stringify({ ...valid, p: undefined }),
    JSON.stringify({ ...valid, policy: '1' }),
    JSON.stringify({ ...valid, day: 1.5 }),
    JSON.stringify({ ...valid, day: undefined }),
    JSON.stringify({ ...valid, by: 'gpc' }),
  ])('%j counts as no choice and is reported', (text) => {
    const browser = createBrowser();
    browser.map.set(CONSENT_KEY, text);
    const consent = browser.tab();
    expect(consent.get().purposes).toEqual(UNSET);
    expect(consent.decided).toBe(false);
    expect(browser.codes()).toEqual(['consent-malformed']);
    consent.choose('accept-all');
    expect(browser.tab().get().purposes).toEqual(ACCEPTED);
    expect(browser.codes()).toEqual(['consent-malformed']);
  });

  test('works in memory where reading throws', () => {
    const storage: ConsentStorage = {
      ...createStorage(),
      getItem: () => {
        throw new Error('denied');
      },
    };
    const browser = createBrowser({ storage });
    const consent = browser.tab();
    expect(consent.get().purposes).toEqual(UNSET);
    expect(browser.diagnostics).toEqual([
      {
        code: 'consent-storage',
        stage: 'consent',
        message: expect.any(String),
        at: browser.clock.now,
        cause: new Error('denied'),
      },
    ]);
    consent.choose('accept-all');
    browser.tellTabs();
    expect(consent.get().purposes).toEqual(ACCEPTED);
  });

  test('works in memory where everything throws', () => {
    const fail = (): never => {
      throw new Error('denied');
    };
    const browser = createBrowser({ storage: { getItem: fail, setItem: fail, removeItem: fail } });
    const consent = browser.tab();
    consent.choose('accept-all');
    expect(consent.get().purposes).toEqual(ACCEPTED);
    consent.erase();
    expect(consent.get().purposes).toEqual(UNSET);
    expect(new Set(browser.codes())).toEqual(new Set(['consent-storage']));
  });

  test('a withdrawal that cannot be written still takes the stored grant away', () => {
    const storage = createStorage();
    const browser = createBrowser({ storage });
    browser.tab().choose('accept-all');
    const full = {
      ...storage,
      setItem: () => {
        throw new Error('quota');
      },
    };
    const consent = browser.tab({ storage: full });
    consent.withdraw();
    expect(consent.get().purposes).toEqual(REFUSED);
    browser.tellTabs();
    expect(consent.get().purposes).toEqual(REFUSED);
    expect(storage.map.size).toBe(0);
    expect(browser.codes()).toEqual(['consent-storage']);
  });

  test('a diagnostic listener that throws changes nothing', () => {
    const consent = createBrowser().tab({
      storage: createStorage(new Map([[CONSENT_KEY, 'broken']])),
      onDiagnostic: () => {
        throw new Error('listener');
      },
    });
    consent.choose('accept-all');
    expect(consent.get().purposes).toEqual(ACCEPTED);
  });
});
