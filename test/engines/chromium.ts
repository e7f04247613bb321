import { launchChromium } from '../browser/chromium.ts';
import type { Engine } from './engine.ts';
import { startFreeChromium } from './free-chromium.ts';
import { READ_RESULT, untilLeft } from './until-left.ts';

export async function startChromium(): Promise<Engine> {
  const browser = await launchChromium();
  return {
    name: `Chromium ${browser.version().split('.')[0]}`,
    async visit(url) {
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        await page.goto(url);
        return await page.evaluate(() => window.result);
      } finally {
        await context.close();
      }
    },
    async travel(url) {
      const free = await startFreeChromium();
      try {
        const tab = await free.open(url);
        return await untilLeft(() => tab.evaluate(READ_RESULT));
      } finally {
        await free.close();
      }
    },
    close: () => browser.close(),
  };
}
