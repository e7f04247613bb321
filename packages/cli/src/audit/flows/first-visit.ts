/// <reference lib="dom" />
import type { Regime } from '@inkling/core';
import { inequalities, lookOf } from '../panel-look.ts';
import type { Visitor } from '../visitor.ts';
import {
  acceptedBy,
  answer,
  askInkling,
  CHOICE,
  choiceIn,
  expectAsked,
  expectObeyed,
  type FlowPlan,
  NOTHING,
} from './flow-plan.ts';

const DAY_MS = 86_400_000;

/** What a new visitor meets, and each of the answers to the first question. */
export const FIRST_VISIT: readonly FlowPlan[] = [
  {
    name: 'no choice',
    question: 'What happens before the visitor has chosen anything?',
    must: 1,
    async run(visitor) {
      const kept = await visitor.step('first page', NOTHING, () => visitor.load());
      const bytes = kept.reduce((sum, entry) => sum + entry.bytes, 0);
      visitor.evidence(1, `Before any choice ${bytes} B are stored.`);
      await expectAsked(visitor, { asked: true, must: 2, code: 'not-asked', why: 'before a choice' });
      await checkAnswers(visitor);
      await checkRegime(visitor);
      await checkWall(visitor);
      await checkStandards(visitor);
      await visitor.step('scrolled', NOTHING, () => visitor.page.mouse.wheel(0, 2000));
    },
  },
  {
    name: 'close',
    question: 'Does closing the question, or Escape, count as an answer?',
    must: 16,
    async run(visitor) {
      await visitor.step('first page', NOTHING, () => visitor.load());
      if (await visitor.control('close').isVisible()) {
        await visitor.step('closed', NOTHING, () => visitor.control('close').click());
        visitor.evidence(16, 'Closing stores nothing.');
        await expectObeyed(visitor, visitor.page, 16, 'after closing, the page');
        await visitor.load();
      }
      await visitor.step('Escape', NOTHING, () => visitor.page.keyboard.press('Escape'));
      await expectObeyed(visitor, visitor.page, 15, 'after Escape, the page');
      visitor.evidence(15, 'Escape stores nothing.');
    },
  },
  {
    name: 'refuse',
    question: 'After a refusal, is the choice the only thing kept, and is it left at that?',
    must: 1,
    async run(visitor) {
      await visitor.step('first page', NOTHING, () => visitor.load());
      const kept = await visitor.step('refused', CHOICE, () => answer(visitor, 'refuse'));
      const choice = choiceIn(visitor, kept);
      visitor.expect(
        choice !== undefined,
        { code: 'choice-not-kept', must: 7, message: 'The refusal is not kept: every page will ask again' },
        `The refusal is kept as ${choice}.`,
      );
      await visitor.step('next page', CHOICE, () => visitor.load());
      await expectObeyed(visitor, visitor.page, 1, 'after a refusal, the next page');
      await expectAsked(visitor, { asked: false, must: 7, code: 'asked-again', why: 'after a refusal' });
      const { refusalDays } = visitor.site;
      await visitor.context.clock.setFixedTime(Date.now() + (refusalDays - 1) * DAY_MS);
      await visitor.step(`day ${refusalDays - 1}`, CHOICE, () => visitor.load());
      const why = `${refusalDays - 1} days after a refusal`;
      await expectAsked(visitor, { asked: false, must: 7, code: 'asked-again', why });
    },
  },
  {
    name: 'two visitors',
    question: 'Can two visitors who refused be told apart by what is kept?',
    must: 1,
    async run(visitor) {
      await visitor.step('first page', NOTHING, () => visitor.load());
      const kept = await visitor.step('refused', CHOICE, () => answer(visitor, 'refuse'));
      const other = await visitor.another(async (second) => {
        await second.step('first page', NOTHING, () => second.load());
        return second.step('refused', CHOICE, () => answer(second, 'refuse'));
      });
      const [one, two] = [choiceIn(visitor, kept), choiceIn(visitor, other)];
      visitor.expect(
        one === two,
        { code: 'choice-unique', must: 1, message: `A refusal is kept as ${one} and as ${two}: they differ` },
        'Two visitors who refused keep the same text.',
      );
    },
  },
  {
    name: 'accept',
    question: 'After accepting, is only what is declared stored and sent?',
    must: 1,
    async run(visitor) {
      await visitor.step('first page', NOTHING, () => visitor.load());
      const granted = acceptedBy(visitor);
      await visitor.step('accepted', granted, () => answer(visitor, 'accept'));
      const kept = await visitor.step('next page', granted, async () => {
        await visitor.load();
        await visitor.page.mouse.wheel(0, 2000);
      });
      const shown = kept.map(({ api, name, bytes }) => `${api} "${name}" ${bytes} B`).join(', ');
      visitor.evidence(1, `Once accepted, there is: ${shown || 'nothing'}.`);
      await expectAsked(visitor, { asked: false, must: 7, code: 'asked-again', why: 'after accepting' });
      visitor.expect(
        await visitor.control('reopen').first().isVisible(),
        { code: 'no-way-back', must: 4, message: 'No control on the page leads back to the choices' },
        'A control on the page leads back to the choices.',
      );
    },
  },
];

async function checkAnswers(visitor: Visitor): Promise<void> {
  const [accept, refuse] = [visitor.control('accept').first(), visitor.control('refuse').first()];
  const seen = [await accept.isVisible(), await refuse.isVisible()];
  if (seen[0] !== seen[1]) {
    const message = `Only ${seen[0] ? 'accept' : 'refuse'} is on the first layer`;
    visitor.expect(false, { code: 'answer-missing', must: 2, message }, '');
  } else if (seen[0]) {
    const [first, second] = [await lookOf(accept), await lookOf(refuse)];
    const faults = inequalities(first, second);
    visitor.expect(
      faults.length === 0,
      { code: 'answers-unequal', must: 2, message: `The answers differ in ${faults.join('; ')}` },
      `Both answers: ${first.width.toFixed(0)} × ${first.height.toFixed(0)} px, text contrast ${first.contrast.toFixed(1)}, same layer.`,
    );
  }
}

const STRICTEST_FIRST: readonly Regime[] = ['opt-in', 'opt-out', 'notice'];

/** A page may go by a stricter rule than the region's, never by a laxer one. */
async function checkRegime({ page, site, expect }: Visitor): Promise<void> {
  const says = (await askInkling(page))?.regime;
  if (says === undefined) return;
  expect(
    STRICTEST_FIRST.indexOf(says) <= STRICTEST_FIRST.indexOf(site.regime),
    { code: 'regime-laxer', must: 1, message: `The page goes by ${says} where ${site.regime} holds` },
    `The page goes by ${says}; ${site.regime} holds.`,
  );
}

/** A wall covers what the visitor came for, or holds the page still. */
async function checkWall(visitor: Visitor): Promise<void> {
  const walls = await visitor.page.evaluate(() => {
    const { body, documentElement } = document;
    const still = [body, documentElement].some((node) => getComputedStyle(node).overflowY === 'hidden');
    const top = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
    const covers = top?.closest('dialog, [role=dialog], [role=alertdialog]') ?? undefined;
    const modal = document.querySelector('dialog:modal');
    return [
      still && 'cannot scroll',
      (covers ?? modal) && 'is covered by a dialog',
      body.inert && 'is inert',
    ];
  });
  const found = walls.filter(Boolean).join(', ');
  visitor.expect(
    found === '',
    { code: 'wall', must: 14, message: `Before a choice the page ${found}` },
    'Before a choice the page scrolls and nothing covers its middle.',
  );
}

/** Which of the standards a site may speak is spoken here. */
async function checkStandards(visitor: Visitor): Promise<void> {
  const { page, context } = visitor;
  const speaks = await page.evaluate(() => '__tcfapi' in globalThis || '__gpp' in globalThis);
  if (!speaks) visitor.absent(8, 'The page has no __tcfapi and no __gpp.');
  const answer = await context.request.get(new URL('/.well-known/gpc.json', page.url()).href);
  if (!answer.ok()) {
    visitor.absent(12, 'The site has no gpc.json; the GPC draft leaves that to it.');
    return;
  }
  const support: unknown = await answer.json().catch(() => undefined);
  visitor.expect(
    Object(support).gpc === true,
    { code: 'gpc-json', must: 12, message: '/.well-known/gpc.json does not say {"gpc": true}' },
    '/.well-known/gpc.json says {"gpc": true}.',
  );
}
