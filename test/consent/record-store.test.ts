import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedPage, servePage } from '../engines/serve-page.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';

let page: ServedPage;
beforeAll(async () => {
  page = await servePage(join(import.meta.dirname, 'records-page.ts'), {});
});
afterAll(() => page.close());

test.for(ENGINES)(
  'in %s: no receipt after a refusal, one after a grant that outlives the withdrawal, none after erasing in any tab',
  { timeout: 60_000 },
  async ([, start], { skip }) => {
    const found = await visitIn(start, page.url);
    if (found === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
    const keys = ['inkling.consent'];
    const databases = ['inkling-receipts'];
    const steps = [
      { keys, databases: [], events: [] },
      { keys, databases, events: [['Given']] },
      { keys, databases, events: [['Given', 'Withdrawn']] },
      { keys: [], databases: [], events: [] },
    ];
    // A tab that looks while another erases leaves nothing either.
    expect(found).toEqual({ steps, raced: [] });
  },
);
