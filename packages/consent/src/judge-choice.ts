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
  /** Whether the signal refuses what was not chosen under it. */
  readonly isSignalled: boolean | undefined;
  /** Whether time has ended a grant. */
  readonly isAged: boolean;
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
  const isLapsed = isAged || !(isOwn && choice?.policy === policyVersion);
  const isInForce = !!choice && !isOver && !(isLapsed && /.g/.test(kept));
  const isSignalled = globalPrivacyControl && !(isInForce && choice?.gpc);
  const letters = names.map((_, i) => {
    if (!i) return 'g';
    const letter = (!isOver && (i < PURPOSES.length || isOwn) && kept[i]) || '-';
    if (isSignalled && i >= firstSignalled && letter !== 'w') return 'r';
    return isLapsed && letter === 'g' ? '-' : letter;
  });
  return {
    letters: letters.join(''),
    isSignalled,
    isAged,
    isInForce,
    isOver,
  };
}

/** Why it came to that; undefined where there is no choice. */
export function causeOf(
  choice: StoredChoice | undefined,
  { isSignalled, isInForce, isAged }: Judgement,
): ConsentCause | undefined {
  if (isSignalled) return 'gpc';
  if (isInForce || !choice) return choice?.by;
  return isAged ? 'expiry' : 'policy-change';
}

/** The grants that letters stand for. */
export function grantsOf(names: readonly string[], letters: string): Readonly<Record<string, Grant>> {
  const grants: Readonly<Record<string, Grant>> = { g: 'granted', '-': 'unset' };
  return Object.freeze(
    Object.fromEntries(names.map((name, i) => [name, grants[letters.charAt(i)] ?? 'refused'])),
  );
}
