import { PURPOSES } from '@inkling/core';

/** What a visitor did, as the rules see it. */
export interface Act {
  readonly answers: Readonly<Record<string, boolean | undefined>>;
  /** What was refused after it had been granted. */
  readonly withdrawn: readonly string[];
  readonly by: string;
  readonly day: number;
  readonly policy: number;
  readonly custom: readonly string[];
  readonly underSignal: boolean;
  /** Days that a refusal holds. */
  readonly off: number;
}

/** How a page is set up. */
export interface Setup {
  readonly signal: 'off' | 'all' | 'sharing-only';
  readonly policy: number;
  readonly custom: readonly string[];
  readonly off: number;
}

export interface Expected {
  readonly purposes: Readonly<Record<string, 'granted' | 'refused' | 'unset'>>;
  readonly decided: boolean;
  readonly withdrawn: boolean;
  readonly cause: string | undefined;
}

export const DAY: number = 86_400_000;

const isRefusing = (act: Act): boolean => Object.values(act.answers).includes(false);
const isGranting = (act: Act): boolean => Object.values(act.answers).includes(true);
const isOurs = (name: string): boolean => (PURPOSES as readonly string[]).includes(name);
const isSame = (a: readonly string[], b: readonly string[]): boolean => String(a) === String(b);

/** Whether nothing is left of an act at this time. */
export function isOver(act: Act, now: number): boolean {
  const age = Math.floor(now / DAY) - act.day;
  return age < -1 || age >= (isRefusing(act) ? act.off : 180);
}

/** What of an act's withdrawals a page with these purposes knows. */
export function withdrawnOf(act: Act | undefined, custom: readonly string[]): readonly string[] {
  return act?.withdrawn.filter((name) => isOurs(name) || isSame(act.custom, custom)) ?? [];
}

/** What a page should say that knows of this act. `expired`: that the last act it knew of has ended. */
export function expect(act: Act | undefined, setup: Setup, now: number, expired: boolean): Expected {
  const age = act ? Math.floor(now / DAY) - act.day : 0;
  const isOtherPolicy = !!act && (act.policy !== setup.policy || !isSame(act.custom, setup.custom));
  const hasLapsed = age >= 180 || isOtherPolicy;
  const decided = !!act && !(hasLapsed && isGranting(act));
  const isSignalled = setup.signal !== 'off' && !(decided && act?.underSignal);
  const refusedBySignal = [
    ...(setup.signal === 'all' ? ['profile', 'measurement'] : []),
    'research',
    ...setup.custom,
  ];
  const grantOf = (name: string) => {
    if (name === 'necessary') return 'granted';
    if (isSignalled && refusedBySignal.includes(name)) return 'refused';
    const isKnown = isOurs(name) || (act && isSame(act.custom, setup.custom));
    const answer = isKnown ? act?.answers[name] : undefined;
    if (answer === undefined) return 'unset';
    return answer ? (hasLapsed ? 'unset' : 'granted') : 'refused';
  };
  const lapse = act ? (age >= 180 ? 'expiry' : 'policy-change') : expired ? 'expiry' : undefined;
  return {
    purposes: Object.fromEntries([...PURPOSES, ...setup.custom].map((name) => [name, grantOf(name)])),
    decided,
    withdrawn: withdrawnOf(act, setup.custom).length > 0,
    cause: isSignalled ? 'gpc' : decided ? act?.by : lapse,
  };
}
