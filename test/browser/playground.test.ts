import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

test.each([
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
])(
  'the playground on a %s: a control re-decides the page and shows scores and reasons',
  async (_, viewport) => {
    const { page, context, complaints } = await shop.visit({
      viewport,
      userAgent: 'A browser that says nothing',
    });
    await page.goto(`${shop.url}/playground/`);
    const frame = page.frameLocator('iframe');
    await page.getByText('Connected').waitFor();
    const hero = frame.locator('[data-inkling-slot="hero"] > [data-inkling-item]');
    expect(await hero.getAttribute('data-inkling-item')).toBe('hero-everyday');

    // On a phone the controls are folded away.
    if (!(await page.getByLabel('Weather').isVisible()))
      await page.getByRole('heading', { name: 'The moment' }).click();
    await page.getByLabel('Weather').selectOption({ label: 'Snow' });
    await frame.locator('[data-inkling-slot="hero"] > [data-inkling-item="hero-snow"]').waitFor();
    const decision = page
      .locator('summary, button, li, tr')
      .filter({ hasText: 'First tracks to the door' })
      .first();
    await decision.waitFor();
    await decision.click();
    await page.getByText('It is snowing where you are.').first().waitFor();

    await page.getByRole('button', { name: /Reset/ }).click();
    await frame.locator('[data-inkling-slot="hero"] > [data-inkling-item="hero-everyday"]').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  },
);
