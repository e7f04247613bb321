import type { ConsentState, Diagnostic } from '@inkling/core';
import { prng } from '@inkling/core';
import { afterEach, describe, expect, test } from 'vitest';
import {
  CONSENT_KEY,
  type Consent,
  type ConsentOptions,
  type ConsentStorage,
  consentStatus,
  createConsent,
  isDue,
  onPurposeChange,
  type PurposeChange,
  regimeOf,
} from './index.ts';

const DAY = 86_400_000;

/** Every storage of a test is checked after it: one key at most, 512 bytes at most, at every write. */
const oversized: string[] = [];
afterEach(() => {
  expect(oversized.splice(0)).toEqual([]);
});

function createStorage(map: Map<string, string> = new Map()): ConsentStorage & { map: Map<string, string> } {
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
function createBrowser(fixed: Partial<ConsentOptions> = {}) {
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

const UNSET = {
  necessary: 'granted',
  context: 'unset',
  profile: 'unset',
  measurement: 'unset',
  research: 'unset',
};
const REFUSED = {
  necessary: 'granted',
  context: 'refused',
  profile: 'refused',
  measurement: 'refused',
  research: 'refused',
};
const ACCEPTED = {
  necessary: 'granted',
  context: 'granted',
  profile: 'granted',
  measurement: 'granted',
  research: 'unset',
};
const SIGNALLED = {
  necessary: 'granted',
  context: 'unset',
  profile: 'refused',
  measurement: 'refused',
  research: 'refused',
};

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
