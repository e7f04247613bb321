import type { ConsentState } from '@inkling/core';
import { afterEach, describe, expect, test } from 'vitest';
import { checkStored, createBrowser } from './browser.ts';

afterEach(checkStored);

describe('subscribers and tabs', () => {
  test('get returns one frozen object until something changes', () => {
    const consent = createBrowser().tab();
    const before = consent.get();
    expect(consent.get()).toBe(before);
    expect(Object.isFrozen(before) && Object.isFrozen(before.purposes)).toBe(true);
    consent.choose('accept-all');
    const after = consent.get();
    expect(after).not.toBe(before);
    const heard: ConsentState[] = [];
    consent.subscribe((state) => heard.push(state));
    consent.choose('accept-all');
    expect(consent.get()).toBe(after);
    expect(heard).toEqual([]);
  });

  test('every change is told once, until disposed', () => {
    const consent = createBrowser().tab();
    const heard: ConsentState[] = [];
    const listen = (state: ConsentState): void => void heard.push(state);
    const [stop, stopToo] = [consent.subscribe(listen), consent.subscribe(listen)];
    consent.choose('accept-all');
    expect(heard).toEqual([consent.get(), consent.get()]);
    stop();
    consent.withdraw();
    expect(heard.length).toBe(3);
    expect(heard[2]).toBe(consent.get());
    stopToo();
    consent.erase();
    expect(heard.length).toBe(3);
  });

  test('one that throws does not starve the others', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    const heard: ConsentState[] = [];
    consent.subscribe(() => {
      throw new Error('mine');
    });
    consent.subscribe((state) => heard.push(state));
    consent.choose('accept-all');
    expect(heard).toEqual([consent.get()]);
    expect(browser.diagnostics).toMatchObject([{ code: 'consent-subscriber', cause: new Error('mine') }]);
  });

  test('one that is disposed by another is not told any more', () => {
    const consent = createBrowser().tab();
    const heard: string[] = [];
    consent.subscribe(() => stop());
    const stop = consent.subscribe(() => heard.push('late'));
    consent.choose('accept-all');
    expect(heard).toEqual([]);
  });

  test('one that answers by choosing ends with everyone at the last state', () => {
    const consent = createBrowser().tab();
    const last: ConsentState[] = [];
    consent.subscribe((state) => {
      if (state.purposes.profile === 'granted') consent.withdraw();
    });
    consent.subscribe((state) => last.push(state));
    consent.choose('accept-all');
    expect(last.every((state) => state.purposes.profile === 'refused')).toBe(true);
    expect(last.at(-1)).toBe(consent.get());
  });

  test('what one tab does, the others read and tell', () => {
    const browser = createBrowser();
    const [here, there] = [browser.tab(), browser.tab()];
    const heard: ConsentState[] = [];
    there.subscribe((state) => heard.push(state));
    for (const act of [() => here.choose('accept-all'), () => here.withdraw(), () => here.erase()]) {
      act();
      browser.tellTabs();
      expect(there.get()).toEqual(here.get());
      expect(there.cause).toBe(here.cause);
      expect(heard.at(-1)).toBe(there.get());
    }
    browser.tellTabs();
    expect(heard.length).toBe(3);
  });

  test('destroy stops listening', () => {
    const browser = createBrowser();
    const consent = browser.tab();
    const heard: ConsentState[] = [];
    consent.subscribe((state) => heard.push(state));
    consent.destroy();
    expect(browser.tabs.size).toBe(0);
    consent.choose('accept-all');
    expect(heard).toEqual([]);
  });
});
