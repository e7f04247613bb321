import { type Grant, PURPOSES } from '@inkling/core';
import { CHOICE_DAYS, type ConsentAct, type StoredChoice } from './stored-choice.ts';

/** Why the state is what it is: the visitor's act, the browser's signal, or the reason to ask again. */
export type ConsentCause = ConsentAct | 'gpc' | 'expiry' | 'policy-change';

export interface Terms {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly globalPrivacyControl: boolean | undefined;
  /** Among the purposes, the first that the signal refuses. @default 2: `profile` */
  readonly firstSignalled?: number;
  /** @default 1 */
  readonly policyVersion?: number;
  /** All purposes, those of the site last. @default `PURPOSES` */
  readonly names?: readonly string[];
}

/** What a choice comes to. */
export interface Judgement {
  /** One letter per purpose, as in `StoredChoice`. */
  readonly letters: string;
  readonly cause: ConsentCause | undefined;
  readonly isInForce: boolean;
  /** Whether not even a refusal is left of it. */
  readonly isOver: boolean;
}

const DAY_MS = 86_400_000;

export const dayOf = (now: number): number => Math.floor(now / DAY_MS);

/** A grant lapses with time and policy; a refusal stays as long as it holds, so that nobody has to repeat it. The signal
 * refuses whatever was not chosen under it. */
export function judgeChoice(choice: StoredChoice | undefined, terms: Terms): Judgement {
  const { now, globalPrivacyControl, firstSignalled = 2, policyVersion = 1, names = PURPOSES } = terms;
  const [kept = '', own = ''] = choice?.p.split(' ') ?? [];
  const isOwn = own === String(names.slice(PURPOSES.length));
  const age = choice ? dayOf(now) - choice.day : 0;
  // A day more than one ahead of the clock tells nothing about age.
  const isOver = age < -1 || age >= (choice?.off ?? CHOICE_DAYS);
  const isAged = isOver || age >= CHOICE_DAYS;
  const lapse = isAged ? 'expiry' : choice && !(isOwn && choice.policy === policyVersion) && 'policy-change';
  const isInForce = !!choice && !isOver && !(lapse && /.g/.test(kept));
  const isSignalled = globalPrivacyControl && !(isInForce && choice?.gpc);
  const letters = names.map((_, i) => {
    if (!i) return 'g';
    const letter = (!isOver && (i < PURPOSES.length || isOwn) && kept[i]) || '-';
    if (isSignalled && i >= firstSignalled && letter !== 'w') return 'r';
    return lapse && letter === 'g' ? '-' : letter;
  });
  return {
    letters: letters.join(''),
    cause: isSignalled ? 'gpc' : isInForce ? choice?.by : lapse || undefined,
    isInForce,
    isOver,
  };
}

/** The grants that letters stand for. */
export function grantsOf(names: readonly string[], letters: string): Readonly<Record<string, Grant>> {
  const grants: Readonly<Record<string, Grant>> = { g: 'granted', '-': 'unset' };
  return Object.freeze(
    Object.fromEntries(names.map((name, i) => [name, grants[letters.charAt(i)] ?? 'refused'])),
  );
}
