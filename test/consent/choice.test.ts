import { CONSENT_KEY, consentStatus, createConsent, isDue, regimeOf } from '@inkling/consent';
import type { Diagnostic } from '@inkling/core';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCEPTED, checkStored, createBrowser, DAY, REFUSED, UNSET } from './browser.ts';

afterEach(checkStored);

describe('before a choice', () => {
  test('everything but necessary is unset, in the strictest regime, and nothing is stored', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    expect(consent.get()).toEqual({ regime: 'opt-in', purposes: UNSET });
    expect(consent.decided).toBe(false);
    expect(consent.cause).toBeUndefined();
    consent.subscribe(() => {});
    browser.tellTabs();
    expect(browser.map.size).toBe(0);
  });
});

describe('a choice', () => {
  test('accept-all grants all but research', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    consent.choose('accept-all');
    expect(consent.get().purposes).toEqual(ACCEPTED);
    expect(consent.cause).toBe('accept-all');
    expect(consent.decided).toBe(true);
  });

  test('refuse-all and withdraw refuse all but necessary', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    consent.choose('refuse-all');
    expect(consent.get().purposes).toEqual(REFUSED);
    consent.choose({ context: true, profile: true, measurement: true, research: true });
    expect(consent.get().purposes.research).toBe('granted');
    consent.withdraw();
    expect(consent.get().purposes).toEqual(REFUSED);
    expect(consent.cause).toBe('refuse-all');
  });

  test('by purpose answers only what it names and cannot take necessary away', () => {
    const consent = createBrowser().tab();
    consent.choose({ profile: true, measurement: false, necessary: false });
    expect(consent.get().purposes).toEqual({ ...UNSET, profile: 'granted', measurement: 'refused' });
    expect(consent.cause).toBe('save');
    consent.choose({ context: true });
    expect(consent.get().purposes).toEqual({
      ...UNSET,
      context: 'granted',
      profile: 'granted',
      measurement: 'refused',
    });
  });

  test('accept-all keeps a research choice that was made by name', () => {
    const consent = createBrowser().tab();
    consent.choose({ research: true });
    consent.choose('accept-all');
    expect(consent.get().purposes.research).toBe('granted');
    consent.choose({ research: false });
    consent.choose('accept-all');
    expect(consent.get().purposes.research).toBe('refused');
  });

  test('is what the next page finds, cause included', () => {
    const browser = createBrowser();
    browser.tab().choose({ context: true, profile: true, measurement: false });
    const next = browser.tab();
    expect(next.get().purposes).toEqual({
      ...UNSET,
      context: 'granted',
      profile: 'granted',
      measurement: 'refused',
    });
    expect(next.cause).toBe('save');
    expect(next.decided).toBe(true);
    expect(browser.diagnostics).toEqual([]);
  });

  test('stores its version, policy, day, act and letters, and nothing that tells visitors apart', () => {
    const [one, other] = [createBrowser(), createBrowser()];
    for (const browser of [one, other])
      browser.tab({ policyVersion: 3 }).choose({ profile: true, context: false });
    expect(one.map).toEqual(other.map);
    expect([...one.map]).toEqual([
      ['inkling.consent', '{"v":2,"p":"grg--","policy":3,"day":20000,"by":"save","off":180}'],
    ]);
  });

  test('without storage lasts as long as the page, without complaint', () => {
    const diagnostics: Diagnostic[] = [];
    const consent = createConsent({
      now: () => 0,
      onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    });
    consent.choose('accept-all');
    expect(consent.get().purposes).toEqual(ACCEPTED);
    consent.erase();
    expect(consent.get().purposes).toEqual(UNSET);
    expect(diagnostics).toEqual([]);
  });

  test('is forgotten by erase', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    consent.choose('refuse-all');
    consent.erase();
    expect(browser.map.size).toBe(0);
    expect(consent.decided).toBe(false);
    expect(consent.cause).toBeUndefined();
    expect(consent.get().purposes).toEqual(UNSET);
  });
});

describe('a refusal', () => {
  const CALIFORNIA = { regime: regimeOf('US-CA') };

  test('is respected for 180 days, in California for 365, whatever the policy becomes', () => {
    for (const [days, options] of [
      [180, {}],
      [365, CALIFORNIA],
    ] as const) {
      const browser = createBrowser(options);
      browser.tab().choose('refuse-all');
      browser.clock.now += days * DAY - 1;
      const consent = browser.tab({ policyVersion: 2, custom: ['maps'] });
      expect(consent.decided).toBe(true);
      expect(isDue(consent)).toBe(false);
      expect(consent.cause).toBe('refuse-all');
      browser.clock.now += 1;
      expect(isDue(consent)).toBe(true);
      expect(consent.cause).toBe('expiry');
      expect(browser.map.size).toBe(0);
    }
  });

  test('stays where the grants next to it lapse', () => {
    const browser = createBrowser(CALIFORNIA);
    browser.tab().choose({ context: true, profile: true, measurement: false });
    const changed = browser.tab({ policyVersion: 2 });
    expect(changed.get().purposes).toEqual({ ...UNSET, measurement: 'refused' });
    expect([isDue(changed), changed.cause, consentStatus(changed)]).toEqual([
      true,
      'policy-change',
      'expired',
    ]);
    browser.clock.now += 180 * DAY;
    const later = browser.tab();
    expect(later.get().purposes).toEqual({ ...UNSET, measurement: 'refused' });
    expect([isDue(later), later.cause]).toEqual([true, 'expiry']);
  });

  test('of what had been granted is a withdrawal, on the next page too, until it is granted again', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    consent.choose({ profile: true });
    consent.choose({ profile: false });
    expect(consent.withdrawn).toBe(true);
    consent.choose('refuse-all');
    expect([browser.tab().withdrawn, consentStatus(browser.tab())]).toEqual([true, 'withdrawn']);
    expect(browser.tab().get().purposes).toEqual(REFUSED);
    consent.choose({ profile: true });
    expect(consent.withdrawn).toBe(false);
  });
});

test('a choice of format 1 is read, and still lasts its 180 days', () => {
  const browser = createBrowser();
  browser.map.set(CONSENT_KEY, '{"v":1,"p":"ggrr-","policy":1,"day":20000,"by":"save"}');
  const consent = browser.tab();
  expect(consent.get().purposes).toEqual({
    ...UNSET,
    context: 'granted',
    profile: 'refused',
    measurement: 'refused',
  });
  expect(consent.cause).toBe('save');
  browser.clock.now += 180 * DAY;
  expect(consent.get().purposes).toEqual(UNSET);
});
