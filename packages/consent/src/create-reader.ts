import { type ConsentSource, type ConsentState, type Grant, PURPOSES, type Purpose } from '@inkling/core';
import { grantsOf, type Judgement, judgeChoice } from './judge-choice.ts';
import { CONSENT_KEY, parseChoice } from './stored-choice.ts';

export interface ReaderOptions {
  /** `() => localStorage`; where a visitor blocks it, even naming it throws. */
  readonly storage: () => Pick<Storage, 'getItem' | 'removeItem'>;
  readonly now: () => number;
  readonly globalPrivacyControl?: boolean | undefined;
  readonly changes: (fn: () => void) => void;
}

/** What a page needs of consent before anyone acts. */
export interface ConsentReader extends ConsentSource {
  /** Whether an explicit choice is in force. */
  readonly decided: boolean;
  /** From now on says what this source says. */
  follow(source: ConsentSource): void;
  /** Takes the stored choice away, and with it every grant. */
  forget(): void;
}

/**
 * Reads the stored choice, by the same rules as `createConsent`, and writes nothing. For a script that loads the rest
 * only where a visitor is to be asked or acts. Before it follows a source the regime is the strictest, `opt-in`.
 */
export function createReader({ storage, now, globalPrivacyControl, changes }: ReaderOptions): ConsentReader {
  const subscribers = new Set<(state: ConsentState) => void>();
  let followed: ConsentSource | undefined;
  let letters: string | undefined;
  let state: ConsentState;

  function judge(): Judgement {
    let text: string | null | undefined;
    try {
      text = storage().getItem(CONSENT_KEY);
    } catch {
      // As good as none; the machine says so.
    }
    return judgeChoice(text ? parseChoice(text) : undefined, { now: now(), globalPrivacyControl });
  }

  function tell(next: ConsentState): void {
    state = next;
    for (const fn of subscribers) {
      try {
        fn(state);
      } catch {
        // One that throws must not starve the others.
      }
    }
  }

  function get(): ConsentState {
    if (followed) return followed.get();
    const { letters: next } = judge();
    if (next !== letters) {
      letters = next;
      // Every purpose is among the names.
      tell({ regime: 'opt-in', purposes: grantsOf(PURPOSES, next) as Record<Purpose, Grant> });
    }
    return state;
  }

  get();
  changes(get);

  return {
    get,
    get decided() {
      return judge().isInForce;
    },
    subscribe(fn) {
      subscribers.add(fn);
      return () => subscribers.delete(fn);
    },
    follow(source) {
      followed = source;
      source.subscribe(tell);
    },
    forget() {
      try {
        storage().removeItem(CONSENT_KEY);
      } catch {
        // There was none.
      }
      get();
    },
  };
}
