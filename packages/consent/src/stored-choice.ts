/** Where the choice is kept: the only key this package ever writes. */
export const CONSENT_KEY = 'inkling.consent';

/** The visitor's own act behind a choice. */
export type ConsentAct = 'accept-all' | 'refuse-all' | 'save';

/** What is kept of a choice, as JSON: what was chosen, under which policy, on which day. Nothing in it is unique. */
export interface StoredChoice {
  /** Version of this format. */
  readonly v: 1;
  /** One letter per purpose in the order of `PURPOSES`: `g` granted, `r` refused, `-` unset. */
  readonly p: string;
  readonly policy: number;
  /** Days since the epoch. */
  readonly day: number;
  readonly by: ConsentAct;
}

/** Undefined for anything this version did not write. */
export function parseChoice(text: string): StoredChoice | undefined {
  try {
    const value = JSON.parse(text);
    const known =
      value.v === 1 &&
      /^g[gr-]{4}$/.test(value.p) &&
      typeof value.policy === 'number' &&
      Number.isInteger(value.day) &&
      /^(accept-all|refuse-all|save)$/.test(value.by);
    return known ? value : undefined;
  } catch {
    return undefined;
  }
}
