import {
  type ConsentSource,
  type ConsentState,
  type Diagnostic,
  type Grant,
  PURPOSES,
  type Purpose,
} from '@inkling/core';
import { CONSENT_KEY, type ConsentAct, parseChoice, type StoredChoice } from './stored-choice.ts';

/** The part of `localStorage` that is used. */
export interface ConsentStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface ConsentOptions {
  /** Where an explicit choice is kept; without it a choice lasts as long as the page. */
  readonly storage?: ConsentStorage | undefined;
  /** Epoch milliseconds, e.g. `Date.now`. */
  readonly now: () => number;
  /** What the browser's `navigator.globalPrivacyControl` says. @default false */
  readonly globalPrivacyControl?: boolean | undefined;
  /** Raise it when what is asked for changes in substance: everyone is asked again. @default 1 */
  readonly policyVersion?: number;
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
  /** Tells of changes made by other tabs, e.g. by the `storage` event: calls `fn` on each, returns the disposer. */
  readonly changes?: (fn: () => void) => () => void;
}

/** A record names the purposes that are answered; those it leaves out stay as they are. */
export type ConsentChoice = 'accept-all' | 'refuse-all' | Partial<Record<Purpose, boolean>>;

/** Why the state is what it is: the visitor's act, the browser's signal, or the reason to ask again. */
export type ConsentCause = ConsentAct | 'gpc' | 'expiry' | 'policy-change';

export interface Consent extends ConsentSource {
  /** Whether an explicit choice of the visitor is in force. A browser signal is not one. */
  readonly decided: boolean;
  readonly cause: ConsentCause | undefined;
  /**
   * Records an explicit act of the visitor; it overrides Global Privacy Control. Stores the choice (under 128 bytes,
   * no identifier) and nothing else. `accept-all` leaves `research` as it is: only naming it grants it.
   */
  choose(choice: ConsentChoice): void;
  /** Refuses everything but `necessary`, in one step, whatever was granted before. */
  withdraw(): void;
  /** Forgets even the choice: nothing stays stored and the visitor will be asked again. */
  erase(): void;
  /** Stops listening to other tabs and drops all subscribers. */
  destroy(): void;
}

const GRANTS: Readonly<Record<string, Grant>> = { g: 'granted', r: 'refused' };
const DAY_MS = 86_400_000;
const CHOICE_DAYS = 180;

/**
 * Consent by purpose, without any user interface. The regime is always `opt-in`, the strictest, because the visitor's
 * region is not known here: nothing but `necessary` is granted until the visitor acts.
 *
 * A choice lasts 180 days and then reads as unset. Global Privacy Control presets `profile`, `measurement` and
 * `research` to refused and stores nothing. Before an explicit choice nothing is ever written; nothing is ever sent.
 * Storage that fails, or holds something unreadable, becomes a diagnostic and counts as no choice.
 */
export function createConsent(options: ConsentOptions): Consent {
  const { storage, now, globalPrivacyControl = false, policyVersion = 1, onDiagnostic, changes } = options;
  const subscribers = new Set<() => void>();
  /** The stored text as last seen; undefined until it could be read. */
  let stored: string | null | undefined;
  let choice: StoredChoice | undefined;
  let lapse: 'expiry' | 'policy-change' | undefined;
  let purposes = '';
  let cause: ConsentCause | undefined;
  let state: ConsentState;

  function report(code: string, message: string, error?: unknown): void {
    try {
      onDiagnostic?.({ code, stage: 'consent', message, at: now(), cause: error });
    } catch {
      // Whoever listens must not decide whether consent works.
    }
  }

  function reach(operation: (storage: ConsentStorage) => void): boolean {
    try {
      if (!storage) return false;
      operation(storage);
      return true;
    } catch (error) {
      report('consent-storage', 'The choice holds for this page only.', error);
      return false;
    }
  }

  function write(text: string | null): boolean {
    return reach((storage) => {
      if (text === null) storage.removeItem(CONSENT_KEY);
      else storage.setItem(CONSENT_KEY, text);
      stored = text;
    });
  }

  function load(): void {
    reach((storage) => {
      const text = storage.getItem(CONSENT_KEY);
      if (text === stored) return;
      stored = text;
      lapse = undefined;
      choice = text === null ? undefined : parseChoice(text);
      if (text !== null && !choice) {
        report('consent-malformed', `No choice: ${text.slice(0, 80)}`);
      }
    });
  }

  /** A day more than one ahead of the clock tells nothing about age. */
  function isOver(): boolean {
    const age = choice ? Math.floor(now() / DAY_MS) - choice.day : 0;
    return age < -1 || age >= CHOICE_DAYS;
  }

  /** Brings the state in line with the choice, the clock and the signal; tells subscribers if it changed. */
  function settle(): void {
    // Another tab may have asked again meanwhile; its answer must not be removed as if it were the old one.
    if (isOver()) load();
    if (isOver()) {
      lapse = 'expiry';
      write(null);
    } else if (choice && choice.policy !== policyVersion) {
      lapse = 'policy-change';
    }
    if (lapse) choice = undefined;

    const nextPurposes = choice?.p ?? (globalPrivacyControl ? 'g-rrr' : 'g----');
    const nextCause = choice?.by ?? (globalPrivacyControl ? 'gpc' : lapse);
    if (nextPurposes === purposes && nextCause === cause) return;
    purposes = nextPurposes;
    cause = nextCause;
    const grants = PURPOSES.map((purpose, i) => [purpose, GRANTS[purposes.charAt(i)] ?? 'unset']);
    state = Object.freeze({ regime: 'opt-in', purposes: Object.freeze(Object.fromEntries(grants)) });
    for (const tell of [...subscribers]) if (subscribers.has(tell)) tell();
  }

  function choose(wanted: ConsentChoice): void {
    settle();
    const letters = PURPOSES.map((purpose, i) => {
      if (purpose === 'necessary') return 'g';
      if (wanted === 'refuse-all') return 'r';
      const answer = wanted === 'accept-all' ? purpose !== 'research' || undefined : wanted[purpose];
      return answer === true ? 'g' : answer === false ? 'r' : purposes.charAt(i);
    });
    choice = {
      v: 1,
      p: letters.join(''),
      policy: policyVersion,
      day: Math.floor(now() / DAY_MS),
      by: typeof wanted === 'string' ? wanted : 'save',
    };
    lapse = undefined;
    // Where the new choice cannot be written the old one must go: a withdrawn grant may not come back on the next page.
    write(JSON.stringify(choice)) || write(null);
    settle();
  }

  load();
  settle();
  const stop = changes?.(() => {
    load();
    settle();
  });

  return {
    get decided() {
      settle();
      return choice !== undefined;
    },
    get cause() {
      settle();
      return cause;
    },
    get() {
      settle();
      return state;
    },
    subscribe(fn) {
      const tell = (): void => {
        try {
          fn(state);
        } catch (error) {
          report('consent-subscriber', 'A subscriber threw.', error);
        }
      };
      subscribers.add(tell);
      return () => subscribers.delete(tell);
    },
    choose,
    withdraw: () => choose('refuse-all'),
    erase() {
      choice = lapse = undefined;
      write(null);
      settle();
    },
    destroy() {
      stop?.();
      subscribers.clear();
    },
  };
}
