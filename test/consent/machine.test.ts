import { type Consent, type ConsentStorage, createConsent, createReader } from '@inkling/consent';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../core/property-runs.ts';
import * as model from './consent-model.ts';

type Failing = Readonly<Record<keyof ConsentStorage, boolean>>;

/** A page, its machine, and what the rules say that it knows. */
interface Tab {
  readonly setup: model.Setup;
  readonly consent: Consent;
  readonly tell: () => void;
  readonly heard: unknown[];
  known: model.Act | undefined;
  /** What it last saw stored; undefined before it could look. */
  seen: string | undefined;
  expired: boolean;
}

const PLAIN: model.Setup = { signal: 'off', policy: 1, custom: [], off: 180 };

/** One browser: a clock, a storage that may fail, and tabs. Every act is done to the machines and to the model. */
class Browser {
  now = 20_000 * model.DAY;
  failing: Failing = { getItem: false, setItem: false, removeItem: false };
  readonly tabs: Tab[] = [];
  /** What every visitor's act allowed, for the last word. */
  readonly acts: model.Act[] = [];
  readonly #map = new Map<string, string>();
  /** The model's storage. */
  #kept: model.Act | undefined;

  readonly #storage: ConsentStorage = {
    getItem: (key) => this.#may('getItem') && (this.#map.get(key) ?? null),
    setItem: (key, value) => {
      this.#may('setItem');
      expect(key).toBe('inkling.consent');
      expect(new TextEncoder().encode(value).length).toBeLessThanOrEqual(512);
      this.#map.set(key, value);
    },
    removeItem: (key) => void (this.#may('removeItem') && this.#map.delete(key)),
  };

  #may(operation: keyof Failing): true {
    if (this.failing[operation]) throw new Error('storage');
    return true;
  }

  open(setup: model.Setup): void {
    let tell = () => {};
    const heard: unknown[] = [];
    const consent = createConsent({
      storage: this.#storage,
      now: () => this.now,
      globalPrivacyControl: setup.signal !== 'off',
      gpc: setup.signal === 'sharing-only' ? 'sharing-only' : 'all',
      policyVersion: setup.policy,
      custom: setup.custom,
      regime: { regime: 'opt-in', refusalDays: setup.off },
      changes: (fn) => {
        tell = fn;
        return () => {};
      },
    });
    heard.push(consent.get());
    consent.subscribe((state) => heard.push(state));
    const tab: Tab = { setup, consent, tell, heard, known: undefined, seen: undefined, expired: false };
    this.tabs.push(tab);
    this.#load(tab);
    this.check();
  }

  act(tab: Tab, choice: Parameters<Consent['choose']>[0], by?: 'api'): void {
    tab.consent.choose(choice, { ...(by && { by }), text: 'a text that is far too long to be kept' });
    this.#settle(tab);
    const { purposes } = model.expect(tab.known, tab.setup, this.now, tab.expired);
    const answer = (name: string) => {
      const before = purposes[name] === 'unset' ? undefined : purposes[name] === 'granted';
      if (choice === 'refuse-all') return false;
      if (choice === 'accept-all') return ['context', 'profile', 'measurement'].includes(name) || before;
      return choice[name] ?? before;
    };
    const names = Object.keys(purposes).filter((name) => name !== 'necessary');
    const were = model.withdrawnOf(tab.known, tab.setup.custom);
    const act: model.Act = {
      answers: Object.fromEntries(names.map((name) => [name, answer(name)])),
      withdrawn: names.filter(
        (name) => answer(name) === false && (purposes[name] === 'granted' || were.includes(name)),
      ),
      by: by ?? (typeof choice === 'string' ? choice : 'save'),
      day: Math.floor(this.now / model.DAY),
      policy: tab.setup.policy,
      custom: tab.setup.custom,
      underSignal: tab.setup.signal !== 'off',
      // Only a refusal is kept for longer than a grant.
      off: names.some((name) => answer(name) === false) ? tab.setup.off : 180,
    };
    this.acts.push(act);
    tab.known = act;
    tab.expired = false;
    if (!this.failing.setItem) this.#keep(tab, act);
    else if (!this.failing.removeItem) this.#keep(tab, undefined);
    this.check();
  }

  erase(tab: Tab): void {
    tab.consent.erase();
    tab.known = undefined;
    tab.expired = false;
    if (!this.failing.removeItem) this.#keep(tab, undefined);
    this.check();
  }

  tellAll(): void {
    for (const tab of this.tabs) {
      tab.tell();
      this.#load(tab);
      this.#settle(tab);
    }
    this.check();
  }

  #keep(tab: Tab, act: model.Act | undefined): void {
    this.#kept = act;
    tab.seen = JSON.stringify(act) ?? 'none';
  }

  #load(tab: Tab): void {
    const text = JSON.stringify(this.#kept) ?? 'none';
    if (this.failing.getItem || text === tab.seen) return;
    tab.seen = text;
    tab.known = this.#kept;
    tab.expired = false;
  }

  #settle(tab: Tab): void {
    if (!tab.known || !model.isOver(tab.known, this.now)) return;
    this.#load(tab);
    if (!tab.known || !model.isOver(tab.known, this.now)) return;
    tab.known = undefined;
    tab.expired = true;
    if (!this.failing.removeItem) this.#keep(tab, undefined);
  }

  check(): void {
    for (const tab of this.tabs) {
      const { consent, setup, heard } = tab;
      const state = consent.get();
      this.#settle(tab);
      const { decided, withdrawn, cause } = consent;
      expect({ purposes: state.purposes, decided, withdrawn, cause }).toEqual(
        model.expect(tab.known, setup, this.now, tab.expired),
      );
      expect(heard.at(-1)).toBe(state);
      this.#checkGrants(Object.entries(state.purposes), setup);
    }
    if (this.acts.length === 0) expect(this.#map.size).toBe(0);
    this.#checkReader();
  }

  /** What the script tag reads before anything else is loaded is what a machine would say. */
  #checkReader(): void {
    const reader = createReader({
      storage: () => ({ getItem: (key) => this.#map.get(key) ?? null, removeItem: () => {} }),
      now: () => this.now,
      changes: () => {},
    });
    const act = this.#kept && !model.isOver(this.#kept, this.now) ? this.#kept : undefined;
    const { purposes, decided } = model.expect(act, PLAIN, this.now, false);
    expect({ purposes: reader.get().purposes, decided: reader.decided }).toEqual({ purposes, decided });
  }

  /** Without the model's help: whatever is granted was granted by an act, under this policy, lately, and in the
   * knowledge of the signal where there is one. */
  #checkGrants(grants: readonly (readonly [string, string])[], setup: model.Setup): void {
    for (const [name, grant] of grants) {
      if (grant !== 'granted' || name === 'necessary') continue;
      const free = setup.signal === 'all' ? ['context'] : ['context', 'profile', 'measurement'];
      const isFree = setup.signal === 'off' || free.includes(name);
      const today = Math.floor(this.now / model.DAY);
      const grounds = this.acts.filter(
        (act) =>
          act.answers[name] === true &&
          act.policy === setup.policy &&
          today - act.day < 180 &&
          today - act.day >= -1 &&
          (act.underSignal || isFree),
      );
      expect(grounds.length, name).toBeGreaterThan(0);
    }
  }
}

type Command = fc.Command<Record<never, never>, Browser>;

/** The model is inside of the browser, next to what it is a model of. */
function command(name: string, run: (browser: Browser) => void): Command {
  return { check: () => true, run: (_, browser) => run(browser), toString: () => name };
}

function inTab(name: string, index: number, run: (browser: Browser, tab: Tab) => void): Command {
  return command(`${name} in tab ${index}`, (browser) => {
    const tab = browser.tabs[index % browser.tabs.length];
    if (tab) run(browser, tab);
  });
}

const index = fc.nat(5);
const answer = fc.constantFrom(true, false, undefined);
const answers = fc.record({
  necessary: answer,
  context: answer,
  profile: answer,
  measurement: answer,
  research: answer,
  maps: answer,
});
const setup: fc.Arbitrary<model.Setup> = fc.record({
  signal: fc.constantFrom('off', 'off', 'all', 'sharing-only'),
  policy: fc.constantFrom(1, 1, 1, 2),
  custom: fc.constantFrom([], [], ['maps'], ['chat', 'maps']),
  off: fc.constantFrom(180, 365),
});
const commands = fc.commands(
  [
    setup.map((setup) => command(`open ${fc.stringify(setup)}`, (browser) => browser.open(setup))),
    fc
      .tuple(index, fc.constantFrom('accept-all' as const, 'refuse-all' as const))
      .map(([index, choice]) => inTab(choice, index, (browser, tab) => browser.act(tab, choice))),
    fc
      .tuple(index, answers, fc.constantFrom('api' as const, undefined))
      .map(([index, choice, by]) =>
        inTab(fc.stringify(choice), index, (browser, tab) => browser.act(tab, choice, by)),
      ),
    index.map((index) => inTab('erase', index, (browser, tab) => browser.erase(tab))),
    fc.constant(command('tell all', (browser) => browser.tellAll())),
    fc.integer({ min: -400, max: 400 }).map((days) =>
      command(`${days} days pass`, (browser) => {
        browser.now += days * model.DAY;
        browser.check();
      }),
    ),
    fc.constantFrom(1, 90, 179).map((days) =>
      command(`${days} days pass`, (browser) => {
        browser.now += days * model.DAY;
        browser.check();
      }),
    ),
    fc.record({ getItem: fc.boolean(), setItem: fc.boolean(), removeItem: fc.boolean() }).map((failing) =>
      command(`storage fails ${fc.stringify(failing)}`, (browser) => {
        browser.failing = failing;
      }),
    ),
    fc.constant(
      command('storage works', (browser) => {
        browser.failing = { getItem: false, setItem: false, removeItem: false };
      }),
    ),
  ],
  { maxCommands: 40, size: 'max' },
);

test('whatever happens, in whatever order: nothing is granted but by an act, and all is as the rules say', () => {
  fc.assert(
    fc.property(commands, (commands) => {
      const browser = new Browser();
      browser.open(PLAIN);
      fc.modelRun(() => ({ model: {}, real: browser }), commands);
    }),
    propertyRuns(),
  );
});
