import { launchChromium } from '../browser/chromium.ts';
import type { Engine } from './engine.ts';

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
    close: () => browser.close(),
  };
}
