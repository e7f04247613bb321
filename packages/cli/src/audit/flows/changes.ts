import type { Page } from 'playwright-core';
import type { Visitor } from '../visitor.ts';
import { accept, acceptedBy, answer, CHOICE, expectObeyed, type FlowPlan, NOTHING } from './flow-plan.ts';

/** How long another tab may take to hear of a withdrawal, and work to be given up. */
const OBEY_MS = 1000;

/** What a change of mind must reach. */
export const CHANGES: readonly FlowPlan[] = [
  {
    name: 'partial',
    question: 'Is each purpose asked by itself, unticked, and is only what was ticked done?',
    must: 6,
    async run(visitor) {
      const { purposes } = visitor.site;
      await visitor.step('first page', NOTHING, () => visitor.load());
      await visitor.step('choices', NOTHING, () => openChoices(visitor));
      const boxes = await visitor.control('purpose').all();
      const ticked = await Promise.all(boxes.map((box) => box.isChecked()));
      visitor.expect(
        !ticked.includes(true),
        {
          code: 'pre-ticked',
          must: 3,
          message: `${named(purposes, ticked)} ticked before the visitor did it`,
        },
        `${boxes.length} purposes, none ticked beforehand.`,
      );
      visitor.expect(
        boxes.length === purposes.length,
        { code: 'purposes', must: 6, message: `${boxes.length} tick boxes for ${purposes.length} purposes` },
        `Each of ${purposes.join(', ')} has a tick box of its own.`,
      );
      const granted = [...CHOICE, ...purposes.slice(0, 1)];
      await visitor.step(`only ${purposes[0]}`, granted, async () => {
        for (const [index, box] of boxes.entries()) await box.setChecked(index === 0);
        await visitor.control('save').click();
      });
      await visitor.step('next page', granted, () => visitor.load());
      visitor.evidence(6, `With ${purposes[0]} alone, nothing of another purpose is stored or sent.`);
    },
  },
  {
    name: 'withdraw',
    question: 'Does withdrawing take as little as granting, and erase what was stored?',
    must: 4,
    async run(visitor) {
      await accept(visitor);
      await visitor.step('choices', acceptedBy(visitor), () => visitor.control('reopen').first().click());
      const kept = await visitor.step('withdrawn', CHOICE, () => visitor.control('refuse').first().click());
      const names = kept.map(({ name }) => name).join(', ');
      visitor.evidence(4, `Withdrawn by 2 clicks, one to open and one to refuse. Kept: ${names}.`);
      await expectObeyed(visitor, visitor.page, 4, 'after withdrawing, the page');
      await visitor.step('next page', CHOICE, () => visitor.load());
      await expectObeyed(visitor, visitor.page, 4, 'after withdrawing, the next page');
    },
  },
  {
    name: 'in flight',
    question: 'Is work that had begun when the visitor withdrew given up?',
    must: 13,
    async run(visitor) {
      await visitor.step('first page', NOTHING, () => visitor.load());
      // Not at rest between the two: what accepting has set in motion is still on its way.
      await visitor.step('accepted', acceptedBy(visitor), async () => {
        await answer(visitor, 'accept');
        await withdraw(visitor);
      });
      await visitor.step('a second later', CHOICE, () => visitor.page.waitForTimeout(OBEY_MS));
      await expectObeyed(visitor, visitor.page, 13, 'accepted and withdrawn at once, the page');
      visitor.evidence(13, 'Accepted and withdrawn at once: only the choice and its receipts are kept.');
    },
  },
  {
    name: 'two tabs',
    question: 'Does another tab obey within a second?',
    must: 10,
    async run(visitor) {
      await accept(visitor);
      const second = await visitor.openTab();
      await visitor.step('second tab', acceptedBy(visitor), () => visitor.load(second));
      await visitor.step('withdrawn in the first', acceptedBy(visitor), async () => {
        await visitor.page.bringToFront();
        await withdraw(visitor);
        await visitor.page.waitForTimeout(OBEY_MS);
      });
      await visitor.step('a second later', CHOICE, () => visitor.page.mouse.wheel(0, 500));
      await expectObeyed(visitor, second, 10, 'the second tab');
      visitor.evidence(10, 'A second later only the choice and its receipts are kept, whichever tab asks.');
    },
  },
  {
    name: 'back and forward',
    question: 'Does a page that comes back from the back/forward cache obey what was chosen meanwhile?',
    must: 10,
    async run(visitor) {
      await accept(visitor);
      const { page } = visitor;
      await page.evaluate(() => Object.assign(globalThis, { inklingAuditWasHere: true }));
      await visitor.step('another page', acceptedBy(visitor), () => follow(page));
      await visitor.step('withdrawn there', acceptedBy(visitor), () => withdraw(visitor));
      await visitor.step('back', CHOICE, () => page.goBack({ waitUntil: 'commit' }));
      const wasKept = await page.evaluate(() => 'inklingAuditWasHere' in globalThis);
      visitor.evidence(
        10,
        wasKept ? 'The page came back alive from the cache.' : 'The page was loaded anew.',
      );
      await expectObeyed(visitor, page, 10, 'the page one comes back to');
    },
  },
];

/** From the question, or where telling is enough from the page. */
async function openChoices({ control, site }: Visitor): Promise<void> {
  await control(site.regime === 'notice' ? 'reopen' : 'choose')
    .first()
    .click();
}

/** By what every page keeps for it: one click to open, one to refuse. */
async function withdraw(visitor: Visitor): Promise<void> {
  await visitor.control('reopen').first().click();
  await visitor.control('refuse').first().click();
}

/** Another page of the same site, by a link of this one. */
async function follow(page: Page): Promise<void> {
  const here = new URL(page.url());
  const links = await page
    .locator('a[href]')
    .evaluateAll((nodes) => nodes.map((node) => Object(node).href as string));
  const next = links.find((link) => {
    if (!URL.canParse(link)) return false;
    const { origin, pathname } = new URL(link);
    return origin === here.origin && pathname !== here.pathname;
  });
  if (next === undefined) throw new Error('no link to another page of this site');
  await page.goto(next);
}

function named(purposes: readonly string[], ticked: readonly boolean[]): string {
  return ticked.flatMap((is, index) => (is ? [purposes[index] ?? `box ${index + 1}`] : [])).join(', ');
}
