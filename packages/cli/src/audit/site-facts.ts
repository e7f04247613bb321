import type { Browser } from 'playwright-core';
import type { SiteFacts } from './checklist.ts';

/** Looks at what no flow visits: the address of GPC's support, and the interfaces of other consent managers. */
export async function readSiteFacts(browser: Browser, url: string): Promise<SiteFacts> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    const hasTcfOrGpp = await page.evaluate(() => '__tcfapi' in globalThis || '__gpp' in globalThis);
    const answer = await context.request.get(new URL('/.well-known/gpc.json', url).href);
    if (!answer.ok()) return { hasTcfOrGpp, gpcJson: undefined };
    const support: unknown = await answer.json().catch(() => undefined);
    const isValid =
      typeof support === 'object' && support !== null && 'gpc' in support && support.gpc === true;
    return { hasTcfOrGpp, gpcJson: isValid ? 'valid' : 'invalid' };
  } finally {
    await context.close();
  }
}
