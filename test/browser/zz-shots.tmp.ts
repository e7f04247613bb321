import { openShop, settled } from '/work/u6/test/browser/shop.ts';
import { mkdirSync } from 'node:fs';
const shop = await openShop({ cf: { country: 'NO', timezone: 'Europe/Oslo' } });
mkdirSync('/tmp/shots', { recursive: true });
const only = process.argv[2];
for (const [name, options, lang] of [
  ['desktop-light', { viewport: { width: 1280, height: 900 } }, 'en'],
  ['phone-dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }, 'en'],
  ['phone-ar', { viewport: { width: 390, height: 844 } }, 'ar'],
  ['desktop-de', { viewport: { width: 1280, height: 900 } }, 'de'],
  ['phone-fr', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }, 'fr'],
] as const) {
  if (only && !name.includes(only)) continue;
  const { page, context, complaints } = await shop.visit({ reducedMotion: 'reduce', ...options });
  if (lang !== 'en') await context.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const r = await route.fetch(); const body = (await r.text()).replace('<html lang="en">', `<html lang="${lang}"${lang === 'ar' ? ' dir="rtl"' : ''}>`);
    return route.fulfill({ response: r, body });
  });
  await page.goto(shop.url); await settled(page);
  await page.waitForTimeout(500);
  await page.screenshot({ path: `/tmp/shots/${name}-1banner.png` });
  await page.locator('inkling-consent button[part=answer]').nth(1).click();
  await page.waitForTimeout(300); await page.reload(); await settled(page); await page.waitForTimeout(300);
  await page.evaluate(() => document.querySelector('[data-inkling-privacy]')!.dispatchEvent(new MouseEvent('click', { bubbles: true })));
  await page.locator('inkling-privacy section').waitFor();
  await page.waitForTimeout(600);
  await page.screenshot({ path: `/tmp/shots/${name}-2centre.png` });
  await page.locator('inkling-privacy section').evaluate((n) => { n.scrollTop = 1e4; });
  await page.screenshot({ path: `/tmp/shots/${name}-3centre-end.png` });
  await page.keyboard.press('Escape');
  await page.locator('[data-inkling-slot="grid"] [data-inkling-event=why]').first().click();
  await page.locator('inkling-why section').waitFor();
  await page.waitForTimeout(800);
  await page.screenshot({ path: `/tmp/shots/${name}-4why.png` });
  console.log(name, complaints, await page.locator('inkling-why section').innerText());
  console.log(await page.evaluate(async () => { const i = window.inkling!; const d: unknown[] = []; i.on('diagnostic', (x) => d.push(x.code + ' ' + x.message)); return JSON.stringify([i.consent.get(), i.slates().map((s) => [s.slot, s.source, s.arm]), d]); }));
  await context.close();
}
await shop.close();
