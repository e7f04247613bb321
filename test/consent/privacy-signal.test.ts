import { isDue } from '@inkling/consent';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCEPTED, checkStored, createBrowser, DAY, SIGNALLED, UNSET } from './browser.ts';

afterEach(checkStored);

describe('Global Privacy Control', () => {
  test('refuses profile, measurement and research, leaves context unset and stores nothing', () => {
    const browser = createBrowser({ globalPrivacyControl: true });
    const consent = browser.tab();
    expect(consent.get().purposes).toEqual(SIGNALLED);
    expect(consent.cause).toBe('gpc');
    expect(consent.decided).toBe(false);
    expect(browser.map.size).toBe(0);
  });

  test('yields to an explicit act, on this page and the next', () => {
    const browser = createBrowser({ globalPrivacyControl: true });
    const consent = browser.tab();
    consent.choose({ profile: true });
    expect(consent.get().purposes).toEqual({ ...SIGNALLED, profile: 'granted' });
    consent.choose('accept-all');
    expect(consent.get().purposes).toEqual({ ...ACCEPTED, research: 'refused' });
    expect(browser.tab().cause).toBe('accept-all');
    consent.erase();
    expect(consent.cause).toBe('gpc');
    expect(browser.map.size).toBe(0);
  });

  test('takes over again when the choice has lapsed', () => {
    const browser = createBrowser({ globalPrivacyControl: true });
    browser.tab().choose('accept-all');
    expect(browser.tab({ policyVersion: 2 }).cause).toBe('gpc');
    browser.clock.now += 180 * DAY;
    const later = browser.tab();
    expect(later.cause).toBe('gpc');
    expect(later.get().purposes).toEqual(SIGNALLED);
  });
});

test('a signal that comes after the choice outranks it, until the visitor acts again; sharing-only takes less', () => {
  const browser = createBrowser();
  browser.tab().choose({ context: true, profile: true, measurement: true, research: true });
  const signalled = browser.tab({ globalPrivacyControl: true });
  expect(signalled.get().purposes).toEqual({ ...SIGNALLED, context: 'granted' });
  expect([signalled.cause, isDue(signalled)]).toEqual(['gpc', false]);
  const lenient = browser.tab({ globalPrivacyControl: true, gpc: 'sharing-only' });
  expect(lenient.get().purposes).toEqual({ ...ACCEPTED, research: 'refused' });
  signalled.choose({ profile: true });
  expect(browser.tab({ globalPrivacyControl: true }).get().purposes.profile).toBe('granted');
  // Without the signal the choice is what it is.
  expect(browser.tab().get().purposes).toEqual({ ...SIGNALLED, context: 'granted', profile: 'granted' });
});

test('sharing-only refuses research and asks for the rest', () => {
  const consent = createBrowser({ globalPrivacyControl: true, gpc: 'sharing-only' }).tab();
  expect(consent.get().purposes).toEqual({ ...UNSET, research: 'refused' });
  expect([consent.cause, isDue(consent)]).toEqual(['gpc', true]);
});
