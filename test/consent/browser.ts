import { CONSENT_KEY, type ConsentOptions, type ConsentStorage, createConsent } from '@inkling/consent';
import type { Diagnostic } from '@inkling/core';
import { expect } from 'vitest';

export const DAY = 86_400_000;

/** Every storage of a test is checked after it: one key at most, 512 bytes at most, at every write. */
const oversized: string[] = [];
export function checkStored(): void {
  expect(oversized.splice(0)).toEqual([]);
}

export function createStorage(
  map: Map<string, string> = new Map(),
): ConsentStorage & { map: Map<string, string> } {
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem(key, value) {
      map.set(key, value);
      const bytes = new TextEncoder().encode(key + value).length;
      if (key !== CONSENT_KEY || bytes > 512) oversized.push(`${key}: ${bytes} bytes`);
    },
    removeItem: (key) => void map.delete(key),
  };
}

/** A browser with a clock: each `tab()` is a page that hears of the others' changes. */
export function createBrowser(fixed: Partial<ConsentOptions> = {}) {
  const storage = createStorage();
  const diagnostics: Diagnostic[] = [];
  const tabs = new Set<() => void>();
  const clock = { now: 20_000 * DAY };
  return {
    ...storage,
    clock,
    diagnostics,
    codes: () => diagnostics.map(({ code }) => code),
    tellTabs: () => {
      for (const tell of tabs) tell();
    },
    tabs,
    tab: (options: Partial<ConsentOptions> = {}) =>
      createConsent({
        storage,
        now: () => clock.now,
        onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
        changes: (fn) => {
          tabs.add(fn);
          return () => tabs.delete(fn);
        },
        ...fixed,
        ...options,
      }),
  };
}

export const UNSET = {
  necessary: 'granted',
  context: 'unset',
  profile: 'unset',
  measurement: 'unset',
  research: 'unset',
};
export const REFUSED = {
  necessary: 'granted',
  context: 'refused',
  profile: 'refused',
  measurement: 'refused',
  research: 'refused',
};
export const ACCEPTED = {
  necessary: 'granted',
  context: 'granted',
  profile: 'granted',
  measurement: 'granted',
  research: 'unset',
};
export const SIGNALLED = {
  necessary: 'granted',
  context: 'unset',
  profile: 'refused',
  measurement: 'refused',
  research: 'refused',
};
