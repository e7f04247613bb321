import type { Regime } from '@inkling/core';
import type { Page } from 'playwright-core';
import { UNDECIDED } from '../before-choice.ts';
import type { KeptText } from '../list-kept.ts';
import type { Visitor } from '../visitor.ts';

/** What one flow asks, and how it finds out. */
export interface FlowPlan {
  readonly name: string;
  readonly question: string;
  /** The MUST item that something undeclared breaks in this flow. */
  readonly must: number;
  readonly gpc?: 'both' | 'header';
  run(visitor: Visitor): Promise<void>;
}

/** Nothing has been chosen yet. */
export const NOTHING: readonly string[] = [UNDECIDED];
export const CHOICE: readonly string[] = ['necessary'];

/** What "accept" stands for. Single decisions are shared by those alone who say so by name. */
export function acceptedBy({ site }: Visitor): readonly string[] {
  return [...CHOICE, ...site.purposes.filter((purpose) => purpose !== 'research')];
}

/** What the page itself says of consent, where it runs Inkling. */
export function askInkling(page: Page): Promise<InklingSays | undefined> {
  return page.evaluate(() => {
    const { inkling } = globalThis as unknown as { inkling?: RunningInkling };
    if (!inkling) return undefined;
    const { purposes: granted, regime } = inkling.consent.get();
    return { granted, regime, remembers: inkling.profile.get() !== undefined };
  });
}

interface InklingSays {
  readonly granted: Readonly<Record<string, string>>;
  readonly regime: Regime;
  /** Whether a profile is in memory. */
  readonly remembers: boolean;
}

interface RunningInkling {
  readonly consent: {
    get(): { readonly purposes: Readonly<Record<string, string>>; readonly regime: Regime };
  };
  readonly profile: { get(): unknown };
}

/** Holds that a page neither grants nor remembers, as far as it says so. */
export async function expectObeyed(visitor: Visitor, page: Page, must: number, where: string): Promise<void> {
  const says = await askInkling(page);
  if (!says) return;
  const granted = Object.keys(says.granted).filter(
    (purpose) => purpose !== 'necessary' && says.granted[purpose] === 'granted',
  );
  const found = [...granted, ...(says.remembers ? ['the profile in memory'] : [])].join(', ');
  visitor.expect(
    found === '',
    { code: 'consent-outlived', must, message: `${where} still has ${found}` },
    `${where} grants nothing and has no profile in memory.`,
  );
}

/** Answers the question; where telling is enough, by what every page keeps to come to the choices. */
export async function answer(visitor: Visitor, how: 'accept' | 'refuse'): Promise<void> {
  if (visitor.site.regime !== 'notice') return visitor.control(how).click();
  await visitor.control('reopen').first().click();
  if (how === 'refuse') return visitor.control('refuse').first().click();
  const { purposes } = visitor.site;
  for (const [index, box] of (await visitor.control('purpose').all()).entries())
    await box.setChecked(purposes[index] !== 'research');
  await visitor.control('save').click();
}

/** A new visitor who accepts. @returns what is kept then */
export async function accept(visitor: Visitor): Promise<readonly KeptText[]> {
  await visitor.step('first page', NOTHING, () => visitor.load());
  return visitor.step('accepted', acceptedBy(visitor), () => answer(visitor, 'accept'));
}

/** The text of the choice as it is kept. */
export function choiceIn({ site }: Visitor, kept: readonly KeptText[]): string | undefined {
  return kept.find(({ api, name }) => api === site.choice.api && name === site.choice.name)?.text;
}

/** Holds whether the visitor is being asked, and looks only at what is there: the flow is at rest. */
export async function expectAsked(
  visitor: Visitor,
  { page = visitor.page, asked, must, code, why }: AskedOrNot,
): Promise<void> {
  const isAsked = await visitor.control('banner', page).first().isVisible();
  // Where telling is enough nobody has to be asked.
  const isFree = asked && visitor.site.regime === 'notice';
  visitor.expect(
    isFree || isAsked === asked,
    { code, must, message: `${why}, and the visitor is ${isAsked ? 'asked' : 'not asked'}` },
    `${why}: ${isAsked ? 'asked' : 'not asked'}.`,
  );
}

interface AskedOrNot {
  readonly page?: Page;
  readonly asked: boolean;
  readonly must: number;
  readonly code: string;
  /** A clause such as "after a refusal". */
  readonly why: string;
}
