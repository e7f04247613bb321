import { accept, CHOICE, choiceIn, expectAsked, expectObeyed, type FlowPlan, NOTHING } from './flow-plan.ts';

const DAY_MS = 86_400_000;

/** What the browser says for the visitor, and what ends a choice. */
export const SIGNALS_AND_TIME: readonly FlowPlan[] = [
  {
    name: 'GPC',
    question: 'Is Global Privacy Control, as property and header, taken as a no, and does the page say so?',
    must: 5,
    gpc: 'both',
    async run(visitor) {
      await visitor.step('first page', NOTHING, () => visitor.load());
      await expectAsked(visitor, { asked: false, must: 5, code: 'gpc-asked', why: 'with GPC' });
      await expectObeyed(visitor, visitor.page, 5, 'with GPC, the page');
      const status = visitor.control('honoured').first();
      const says = (await status.isVisible()) ? await status.textContent() : '';
      visitor.expect(
        !!says,
        { code: 'gpc-silent', must: 5, message: 'The page does not say that the opt-out was honoured' },
        `The page says "${says}".`,
      );
      await visitor.step('next page', NOTHING, () => visitor.load());
    },
  },
  {
    name: 'GPC header alone',
    question:
      'Does a request with Sec-GPC lead to anything stored or sent, where no script can see the property?',
    must: 5,
    gpc: 'header',
    async run(visitor) {
      await visitor.step('first page', NOTHING, () => visitor.load());
      await expectObeyed(visitor, visitor.page, 5, 'with the header, the page');
      const asked = await visitor.control('banner').first().isVisible();
      const how = asked ? 'it asks, as for anybody' : 'it does not ask';
      visitor.evidence(5, `With the header alone nothing is stored or sent; ${how}. Browsers send both.`);
    },
  },
  {
    name: 'expired',
    question: 'Does a choice end when its time is over?',
    must: 7,
    async run(visitor) {
      await accept(visitor);
      const { choiceDays } = visitor.site;
      await visitor.context.clock.setFixedTime(Date.now() + (choiceDays + 1) * DAY_MS);
      await visitor.step(`day ${choiceDays + 1}`, NOTHING, () => visitor.load());
      const why = `${choiceDays + 1} days after accepting`;
      await expectAsked(visitor, { asked: true, must: 7, code: 'expired-honoured', why });
      await expectObeyed(visitor, visitor.page, 7, `${why}, the page`);
    },
  },
  {
    name: 'policy change',
    question: 'Is the visitor asked again when what was agreed to has changed?',
    must: 6,
    async run(visitor) {
      const choice = choiceIn(visitor, await accept(visitor));
      const { choice: store, policyField } = visitor.site;
      const older = choice === undefined ? undefined : ofAnotherPolicy(choice, policyField);
      if (store.api !== 'localStorage' || older === undefined) {
        visitor.evidence(
          6,
          'The choice names no policy that could be changed from outside: to be tried by hand.',
        );
        return;
      }
      await visitor.page.evaluate(([key, text]) => globalThis.localStorage.setItem(key, text), [
        store.name,
        older,
      ] as const);
      await visitor.step('next page', [...CHOICE, ...NOTHING], () => visitor.load());
      const why = 'with a choice made under another policy';
      await expectAsked(visitor, { asked: true, must: 6, code: 'policy-not-asked', why });
      await expectObeyed(visitor, visitor.page, 6, `${why}, the page`);
    },
  },
];

/** The same choice as if it had been made under another policy. */
function ofAnotherPolicy(text: string, field: string): string | undefined {
  try {
    const value = JSON.parse(text);
    if (!(field in value)) return undefined;
    const other = typeof value[field] === 'number' ? value[field] + 1000 : `${value[field]}0`;
    return JSON.stringify({ ...value, [field]: other });
  } catch {
    return undefined;
  }
}
