import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChromium } from '../engines/chromium.ts';
import type { Engine } from '../engines/engine.ts';
import { startFirefox } from '../engines/firefox.ts';
import { type ServedPage, servePage } from '../engines/serve-page.ts';
import { startWebKit } from '../engines/webkit.ts';

let page: ServedPage;
beforeAll(async () => {
  page = await servePage(join(import.meta.dirname, 'records-page.ts'), {});
});
afterAll(() => page.close());

test.for<[string, () => Promise<Engine | undefined>]>([
  ['Chromium', startChromium],
  ['Firefox', startFirefox],
  ['WebKit', startWebKit],
])(
  'in %s: no receipt after a refusal, one after a grant that outlives the withdrawal, none after erasing in any tab',
  { timeout: 60_000 },
  async ([, start], { skip }) => {
    const engine = await start();
    if (!engine) return skip('not installed here');
    try {
      const keys = ['inkling.consent'];
      const databases = ['inkling-receipts'];
      expect(await engine.visit(page.url)).toEqual([
        { keys, databases: [], events: [] },
        { keys, databases, events: [['Given']] },
        { keys, databases, events: [['Given', 'Withdrawn']] },
        { keys: [], databases: [], events: [] },
      ]);
    } finally {
      await engine.close();
    }
  },
);
