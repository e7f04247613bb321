import {
  CONSENT_KEY,
  consentStatus,
  isDue,
  onPurposeChange,
  type PurposeChange,
  regimeOf,
} from '@inkling/consent';
import { type ConsentState, prng } from '@inkling/core';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCEPTED, checkStored, createBrowser, DAY, REFUSED, SIGNALLED, UNSET } from './browser.ts';

afterEach(checkStored);

describe('what is asked, and said of it', () => {
  test('the status goes through all its states', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    const seen = [consentStatus(consent)];
    const acts = [
      () => consent.choose({ profile: true }),
      () => consent.choose({ measurement: false }),
      () => consent.withdraw(),
      () => consent.erase(),
      () => consent.choose('refuse-all'),
      () => (browser.clock.now += 180 * DAY),
    ];
    for (const act of acts) {
      act();
      seen.push(consentStatus(consent));
    }
    expect(seen).toEqual(['unset', 'granted', 'partial', 'withdrawn', 'unset', 'refused', 'expired']);
    consent.choose({});
    expect(consentStatus(consent)).toBe('unset');
  });

  test('a notice does not ask, opt-in and opt-out do; none grants anything', () => {
    for (const regime of ['opt-in', 'opt-out', 'notice'] as const) {
      const consent = createBrowser({ regime: { regime, region: 'ZZ', refusalDays: 180 } }).tab();
      expect(consent.get()).toEqual({ regime, region: 'ZZ', purposes: UNSET });
      expect(isDue(consent)).toBe(regime !== 'notice');
    }
  });

  test('the rule of a region can come later, and is told', () => {
    const consent = createBrowser().tab();
    const heard: ConsentState[] = [];
    consent.subscribe((state) => heard.push(state));
    consent.setRegime(regimeOf('US-CA'));
    expect(heard).toEqual([{ regime: 'opt-out', region: 'US-CA', purposes: UNSET }]);
    expect(consent.get()).toBe(heard[0]);
  });

  test('changes are told by purpose, with their cause', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    const heard: (readonly PurposeChange[])[] = [];
    const stop = onPurposeChange(consent, (changes) => heard.push(changes));
    consent.choose({ profile: true }, { by: 'api' });
    consent.setRegime(regimeOf('US-CA'));
    browser.clock.now += 180 * DAY;
    consent.get();
    expect(heard).toEqual([
      [{ purpose: 'profile', from: 'unset', to: 'granted', cause: 'api' }],
      [{ purpose: 'profile', from: 'granted', to: 'unset', cause: 'expiry' }],
    ]);
    stop();
    consent.choose('accept-all');
    expect(heard.length).toBe(2);
  });

  test('the hash of the text is kept with the choice, and changes nothing', () => {
    const browser = createBrowser();
    browser.tab().choose('accept-all', { text: '0123456789abcdef and more' });
    expect(JSON.parse(browser.map.get(CONSENT_KEY) ?? '').text).toBe('0123456789abcdef');
    expect(browser.tab().decided).toBe(true);
  });
});

describe("the site's own purposes", () => {
  const custom = ['maps', 'chat'];

  test('are unset until they are named, and refused with all others', () => {
    const browser = createBrowser({ custom });
    const consent = browser.tab();
    consent.choose('accept-all');
    expect(consent.get().purposes).toEqual({ ...ACCEPTED, maps: 'unset', chat: 'unset' });
    consent.choose({ chat: true });
    expect(browser.tab().get().purposes).toEqual({ ...ACCEPTED, maps: 'unset', chat: 'granted' });
    consent.withdraw();
    expect(browser.tab().get().purposes).toEqual({ ...REFUSED, maps: 'refused', chat: 'refused' });
  });

  test('in another list are another policy: no answer moves to another name', () => {
    const browser = createBrowser({ custom });
    browser.tab().choose({ maps: true, chat: false, profile: false });
    const consent = browser.tab({ custom: ['chat', 'maps'] });
    expect(consent.get().purposes).toEqual({ ...UNSET, profile: 'refused', chat: 'unset', maps: 'unset' });
    expect(consent.cause).toBe('policy-change');
  });

  test('are refused by the signal', () => {
    expect(createBrowser({ custom, globalPrivacyControl: true }).tab().get().purposes).toEqual({
      ...SIGNALLED,
      maps: 'refused',
      chat: 'refused',
    });
  });

  test.each([[['two words']], [['"']], [Array(60).fill('name')]])('%j cannot be stored', (names) => {
    expect(() => createBrowser({ custom: names }).tab()).toThrow(
      expect.objectContaining({ code: 'E_OPTIONS' }),
    );
  });

  test('all that fit stay within the 512 bytes', () => {
    const consent = createBrowser({
      custom: Array.from({ length: 64 }, (_, i) => `${i}`.padStart(2, '0')),
    }).tab();
    consent.choose('refuse-all', { text: '\u{1f600}'.repeat(40), by: 'api' });
    expect(consent.decided).toBe(true);
  });
});

describe('whatever happens', () => {
  test('only the one key is written, within 512 bytes, only by explicit acts; necessary holds', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const next = prng(String(seed), 'consent');
      const pick = (n: number): number => next() % n;
      const browser = createBrowser();
      let tabs = [browser.tab()];
      const any = () => tabs[pick(tabs.length)] as ReturnType<typeof browser.tab>;
      const flags = () => ({ context: pick(2) === 0, profile: pick(2) === 0, research: pick(2) === 0 });
      const acts: (() => void)[] = [
        () => any().choose('accept-all'),
        () => any().choose('refuse-all'),
        () => any().choose(flags()),
        () => any().withdraw(),
      ];
      const others: (() => void)[] = [
        () => any().erase(),
        () => browser.tellTabs(),
        () => {
          browser.clock.now += pick(200) * DAY;
        },
        () => {
          tabs = [
            ...tabs.slice(-3),
            browser.tab({ globalPrivacyControl: pick(2) === 0, policyVersion: 1 + pick(3) }),
          ];
        },
      ];
      for (let step = 0; step < 30; step++) {
        const before = browser.map.get(CONSENT_KEY);
        const explicit = pick(2) === 0;
        const from = explicit ? acts : others;
        from[pick(from.length)]?.();
        const after = browser.map.get(CONSENT_KEY);
        if (!explicit) expect([before, undefined]).toContain(after);
        for (const tab of tabs) expect(tab.get().purposes.necessary).toBe('granted');
        expect([...browser.map.keys()].filter((key) => key !== CONSENT_KEY)).toEqual([]);
      }
      expect(browser.diagnostics).toEqual([]);
    }
  });
});
