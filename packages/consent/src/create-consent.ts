import {
  type ConsentSource,
  type ConsentState,
  type Diagnostic,
  type Grant,
  PURPOSES,
  type Purpose,
  refuse,
} from '@inkling/core';
import { type ConsentCause, causeOf, dayOf, grantsOf, type Judgement, judgeChoice } from './judge-choice.ts';
import type { RegimeRule } from './regime-rule.ts';
import {
  CHOICE_DAYS,
  CONSENT_KEY,
  type ConsentAct,
  parseChoice,
  type StoredChoice,
} from './stored-choice.ts';

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
  /** What `navigator.globalPrivacyControl` says, or the edge of the header `Sec-GPC`. @default false */
  readonly globalPrivacyControl?: boolean | undefined;
  /** What the signal refuses before an explicit act: all that is kept or sent, without asking; or `sharing-only`, its
   * scope in law, research and the site's own purposes, and the rest is asked for. @default 'all' */
  readonly gpc?: 'all' | 'sharing-only';
  /** The rule of the visitor's region, by `regimeOf`. @default the strictest: opt-in */
  readonly regime?: RegimeRule | undefined;
  /** Raise it when what is asked for changes in substance: whoever granted something is asked again. @default 1 */
  readonly policyVersion?: number;
  /** The site's own purposes, each by a name of letters, digits, `_` and `-`; 192 characters together with a comma
   * between. Another list is another policy. @default none */
  readonly custom?: readonly string[];
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
  /** Tells of changes made by other tabs, e.g. by the `storage` event: calls `fn` on each, returns the disposer. */
  readonly changes?: (fn: () => void) => () => void;
}

/** A record names the purposes that are answered, the site's own among them; those it leaves out stay as they are. */
export type ConsentChoice = 'accept-all' | 'refuse-all' | Readonly<Record<string, boolean | undefined>>;

export interface ChooseOptions {
  /** @default the choice itself, or `save` for a record */
  readonly by?: ConsentAct;
  /** Hash of the text that the visitor acted on, by `hashNotice`; at most 16 characters are kept. */
  readonly text?: string | undefined;
  /** BCP 47 tag of that text; for records, and not kept with the choice. @default unknown */
  readonly language?: string | undefined;
}

/** With a grant for each of the site's own purposes, too. */
export interface SiteConsentState extends ConsentState {
  readonly purposes: Readonly<Record<Purpose, Grant>> & Readonly<Record<string, Grant>>;
}

export interface Consent extends ConsentSource {
  get(): SiteConsentState;
  /** Whether an explicit choice of the visitor is in force. A browser signal is not one. */
  readonly decided: boolean;
  /** Whether the choice in force refuses something that had been granted. */
  readonly withdrawn: boolean;
  readonly cause: ConsentCause | undefined;
  /** What holds in the visitor's region. */
  readonly rule: RegimeRule;
  /**
   * Records an explicit act of the visitor; it overrides Global Privacy Control. Stores the choice (at most 512 bytes,
   * no identifier) and nothing else. `accept-all` leaves `research` and the site's own purposes as they are: only
   * naming one grants it.
   */
  choose(choice: ConsentChoice, options?: ChooseOptions): void;
  /** Refuses everything but `necessary`, in one step, whatever was granted before. */
  withdraw(): void;
  /** Forgets even the choice: nothing stays stored and the visitor will be asked again. */
  erase(): void;
  /** Goes by the rule of a region that is known only now. What was chosen stays as it is. */
  setRegime(rule: RegimeRule): void;
  /** Stops listening to other tabs and drops all subscribers. */
  destroy(): void;
}

/**
 * Consent by purpose, without any user interface. In every regime nothing but `necessary` is granted until the visitor
 * acts; a regime says whether to ask, what may be read before, and how long a refusal is respected.
 *
 * A grant lasts 180 days or until the policy changes, a refusal as long as the regime says, whatever the policy; then
 * they read as unset. Global Privacy Control refuses what was not chosen while it was on, and stores nothing. Before an
 * explicit choice nothing is ever written; nothing is ever sent. Storage that fails, or holds something unreadable,
 * becomes a diagnostic and counts as no choice.
 *
 * @throws InklingError E_OPTIONS for names of purposes that cannot be stored
 */
export function createConsent(options: ConsentOptions): Consent {
  const { storage, now, globalPrivacyControl, gpc, policyVersion = 1, custom = [] } = options;
  const { onDiagnostic, changes } = options;
  let rule: RegimeRule = options.regime ?? { regime: 'opt-in', refusalDays: CHOICE_DAYS };
  const own = custom.join();
  if (!/^[\w,-]{0,192}$/.test(own)) refuse('E_OPTIONS', 'custom', 'short names', own);
  const names: readonly string[] = [...PURPOSES, ...custom];
  /** Among the purposes, the first that the signal refuses. */
  const firstSignalled = gpc === 'sharing-only' ? 4 : 2;
  const subscribers = new Set<() => unknown>();
  /** The stored text as last seen; undefined until it could be read. */
  let stored: string | null | undefined;
  let choice: StoredChoice | undefined;
  let isExpired = false;
  let isInForce: boolean;
  let letters = '';
  let cause: ConsentCause | undefined;
  let state: SiteConsentState;

  function report(code: string, error: unknown): void {
    try {
      onDiagnostic?.({ code, stage: 'consent', message: String(error), at: now(), cause: error });
    } catch {
      // Whoever listens must not decide whether consent works.
    }
  }

  function attempt(code: string, run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      report(code, error);
      return false;
    }
  }

  function write(text: string | null): boolean {
    return attempt('consent-storage', () => {
      if (text === null) storage?.removeItem(CONSENT_KEY);
      else storage?.setItem(CONSENT_KEY, text);
      stored = text;
    });
  }

  function load(): void {
    attempt('consent-storage', () => {
      const text = storage ? storage.getItem(CONSENT_KEY) : stored;
      if (text === stored) return;
      stored = text;
      isExpired = false;
      choice = text ? parseChoice(text) : undefined;
      if (text != null && !choice) report('consent-malformed', text.slice(0, 80));
    });
  }

  const judge = (): Judgement =>
    judgeChoice(choice, { now: now(), globalPrivacyControl, firstSignalled, policyVersion, names });

  /** Brings the state in line with the choice, the clock and the signal; tells subscribers if it changed. */
  function settle(): void {
    // Another tab may have asked again meanwhile; its answer must not be removed as if it were the old one.
    if (judge().isOver) load();
    const judgement = judge();
    const ground = causeOf(choice, judgement);
    if (judgement.isOver) {
      choice = undefined;
      isExpired = true;
      write(null);
    }
    isInForce = judgement.isInForce;
    const nextCause = ground ?? (isExpired ? 'expiry' : undefined);
    if (judgement.letters === letters && nextCause === cause) return;
    letters = judgement.letters;
    cause = nextCause;
    show();
  }

  /** Makes the state anew, and tells of it. */
  function show(): void {
    const { regime, region } = rule;
    state = Object.freeze({
      ...(region && { region }),
      regime,
      // Every purpose is among the names.
      purposes: grantsOf(names, letters) as SiteConsentState['purposes'],
    });
    for (const tell of [...subscribers]) if (subscribers.has(tell)) tell();
  }

  function choose(wanted: ConsentChoice, { by, text }: ChooseOptions = {}): void {
    settle();
    const p = names
      .map((name, i) => {
        const before = letters.charAt(i);
        const answer = wanted === 'accept-all' ? i < 4 || undefined : wanted !== 'refuse-all' && wanted[name];
        if (!i || answer === true) return 'g';
        return answer === false ? (/[gw]/.test(before) ? 'w' : 'r') : before;
      })
      .join('');
    choice = {
      v: 2,
      p: own ? `${p} ${own}` : p,
      policy: policyVersion,
      day: dayOf(now()),
      by: by ?? (typeof wanted === 'string' ? wanted : 'save'),
      // Only a refusal is kept for longer than a grant.
      off: /[rw]/.test(p) ? rule.refusalDays : undefined,
      gpc: globalPrivacyControl || undefined,
      text: text?.slice(0, 16),
    };
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
      return isInForce;
    },
    get withdrawn() {
      settle();
      return letters.includes('w');
    },
    get cause() {
      settle();
      return cause;
    },
    get rule() {
      return rule;
    },
    get() {
      settle();
      return state;
    },
    subscribe(fn) {
      const tell = () => attempt('consent-subscriber', () => fn(state));
      subscribers.add(tell);
      return () => subscribers.delete(tell);
    },
    choose,
    withdraw: () => choose('refuse-all'),
    erase() {
      choice = undefined;
      isExpired = false;
      write(null);
      settle();
    },
    setRegime(next) {
      rule = next;
      show();
    },
    destroy() {
      stop?.();
      subscribers.clear();
    },
  };
}
