/** How much a rule weighs, as the difference it makes to an item's utility. By Luce's choice axiom (*Individual Choice
 * Behavior*, 1959) a difference of d means that the item is chosen e^d times as often as another that is alike but for
 * the rule: 1.6, 2.7, 7.4, 55. The standing rules together span 1.5 between the first, most popular item and the last,
 * least popular one, and 0.75 between the middle of both and the top: so `medium` lifts a middling item over everything
 * that no rule speaks for, `strong` any item, and only `decisive` also over what another strong rule speaks for. */
export const STRENGTHS: Readonly<Record<Strength, number>> = { weak: 0.5, medium: 1, strong: 2, decisive: 4 };

export type Strength = 'weak' | 'medium' | 'strong' | 'decisive';

/** A declared affinity. */
export interface Rule {
  /** By signal: a value, a range of whole numbers such as `7-10`, or several. All must hold; without any the rule always
   * does. `hemisphere` (`north`, `south`) narrows `time.month`. */
  readonly when?: Readonly<Record<string, string | readonly string[]>>;
  /** Exactly one of the two: `tag:…`, `item:…`, `group:…`, `attribute:NAME=VALUE`, or a standing target. */
  readonly prefer?: string;
  readonly avoid?: string;
  readonly strength: Strength;
  /** What a visitor reads. */
  readonly because: string;
  /** Of `new`: the age at which an item has lost half of it. @default 30 */
  readonly days?: number;
  /** The rule counts no more; the ISO 8601 date says since when. */
  readonly retired?: string;
}

export function targetOf({ prefer, avoid }: Rule): string {
  return prefer ?? (avoid as string);
}

/** The rule's utility, below 0 for what it avoids. */
export function weightOf({ strength, avoid }: Rule): number {
  return avoid === undefined ? STRENGTHS[strength] : -STRENGTHS[strength];
}

/** The rule in one line, for people. */
export function sayRule(rule: Rule): string {
  return `${sayAffinity(rule)} (${rule.strength})`;
}

/** The rule without its strength. */
export function sayAffinity(rule: Rule): string {
  const conditions = Object.entries(rule.when ?? {}).map(
    ([signal, values]) => `${signal} is ${[values].flat().join(' or ')}`,
  );
  const verb = rule.avoid === undefined ? 'prefer' : 'avoid';
  const when = conditions.length > 0 ? ` when ${conditions.join(' and ')}` : '';
  return `${verb} ${targetOf(rule)}${when}`;
}
