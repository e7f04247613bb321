import type { Consent } from '@inkling/consent';
import type { ConsentState } from '@inkling/core';
import { afterEach, describe, expect, test } from 'vitest';
import { checkStored, createBrowser, DAY, REFUSED, UNSET } from './browser.ts';

afterEach(checkStored);

describe('a choice lapses', () => {
  test('after 180 days, and is removed', () => {
    const browser = createBrowser();
    browser.tab().choose('accept-all');
    browser.clock.now += 180 * DAY - 1;
    expect(browser.tab().decided).toBe(true);
    browser.clock.now += 1;
    const consent = browser.tab();
    expect(consent.get().purposes).toEqual(UNSET);
    expect(consent.cause).toBe('expiry');
    expect(consent.decided).toBe(false);
    expect(browser.map.size).toBe(0);
  });

  test('on a page that stays open, and subscribers hear of it', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    consent.choose('accept-all');
    const heard: ConsentState[] = [];
    consent.subscribe((state) => heard.push(state));
    browser.clock.now += 180 * DAY;
    expect(consent.get().purposes).toEqual(UNSET);
    expect(heard).toEqual([consent.get()]);
    expect(consent.cause).toBe('expiry');
    expect(browser.map.size).toBe(0);
  });

  test('whatever is asked first', () => {
    const asked = [
      (consent: Consent) => expect(consent.decided).toBe(false),
      (consent: Consent) => expect(consent.cause).toBe('expiry'),
      (consent: Consent) => {
        consent.choose({ context: true });
        expect(consent.get().purposes).toEqual({ ...UNSET, context: 'granted' });
      },
    ];
    for (const ask of asked) {
      const browser = createBrowser();
      const consent = browser.tab();
      consent.choose('accept-all');
      browser.clock.now += 180 * DAY;
      ask(consent);
    }
  });

  test('but not when another tab has renewed it', () => {
    const browser = createBrowser({ changes: () => () => {} });
    const deaf = browser.tab();
    deaf.choose('accept-all');
    browser.clock.now += 180 * DAY;
    browser.tab().choose('refuse-all');
    expect(deaf.get().purposes).toEqual(REFUSED);
    expect(browser.map.size).toBe(1);
  });

  test('when its day lies in the future by more than a day', () => {
    const browser = createBrowser();
    browser.tab().choose('accept-all');
    browser.clock.now -= DAY;
    expect(browser.tab().decided).toBe(true);
    browser.clock.now -= DAY;
    expect(browser.tab().cause).toBe('expiry');
  });

  test('when the policy has changed, until the visitor answers again', () => {
    const browser = createBrowser();
    browser.tab().choose('accept-all');
    const consent = browser.tab({ policyVersion: 2 });
    expect(consent.get().purposes).toEqual(UNSET);
    expect(consent.cause).toBe('policy-change');
    expect(consent.decided).toBe(false);
    const other = browser.tab({ policyVersion: 2 });
    consent.choose('refuse-all');
    browser.tellTabs();
    for (const tab of [consent, other, browser.tab({ policyVersion: 2 })]) {
      expect(tab.cause).toBe('refuse-all');
      expect(tab.decided).toBe(true);
    }
  });
});
