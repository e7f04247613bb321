/** Where the choice is kept: the only key this package ever writes. */
export const CONSENT_KEY = 'inkling.consent';

/** For how many days a grant holds, and a refusal where nothing else is said. */
export const CHOICE_DAYS = 180;

/** How the visitor acted: with a button of the question, or `api`: by the site's own control. */
export type ConsentAct = 'accept-all' | 'refuse-all' | 'save' | 'api';

/** What is kept of a choice, as JSON: what was chosen, under which policy, on which day. Nothing in it is unique. */
export interface StoredChoice {
  /** Version of this format; in 1 there is no `w`, nothing of the site's own, and none of the optional fields. */
  readonly v: 1 | 2;
  /** One letter per purpose in the order of `PURPOSES`: `g` granted, `r` refused, `w` refused after it had been granted,
   * `-` unset. Then those of the site's own purposes, a space, and their names with a comma between. */
  readonly p: string;
  readonly policy: number;
  /** Days since the epoch. */
  readonly day: number;
  readonly by: ConsentAct;
  /** For how many days a refusal holds. @default 180 */
  readonly off?: number | undefined;
  /** Whether Global Privacy Control was on when the visitor acted. @default false */
  readonly gpc?: boolean | undefined;
  /** Hash of the text that the visitor acted on. */
  readonly text?: string | undefined;
}

/** Undefined for anything no version wrote. */
export function parseChoice(text: string): StoredChoice | undefined {
  try {
    const value = JSON.parse(text);
    const known =
      (value.v === 1 || value.v === 2) &&
      /^g[grw-]{4}([grw-]+ [\w,-]+)?$/.test(value.p) &&
      typeof value.policy === 'number' &&
      Number.isInteger(value.day) &&
      /^(accept-all|refuse-all|save|api)$/.test(value.by);
    return known ? value : undefined;
  } catch {
    return undefined;
  }
}
