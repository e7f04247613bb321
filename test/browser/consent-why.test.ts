import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { dialog, focusName, openReasons, privateVisits, violationsOf } from './privacy-visit.ts';
import { itemsOf } from './shop.ts';

const open = privateVisits();

const profile = (page: Page) => page.evaluate(() => window.inkling?.profile.get());

test('it gives the reasons that explain() gives, and asking teaches nothing', async () => {
  const page = await open('accept-all');
  const [first = ''] = await itemsOf(page, 'grid');
  const sentences = await page.evaluate(async (item) => {
    const slate = window.inkling?.slates().find(({ slot }) => slot === 'grid');
    return slate && (await window.inkling?.explain(slate, item))?.reasons.map(({ sentence }) => sentence);
  }, first);
  expect(sentences?.length).toBeGreaterThan(0);
  await openReasons(page);
  for (const sentence of sentences ?? []) await dialog(page).getByText(sentence).first().waitFor();
  const { affinities, recents } = (await profile(page)) ?? {};
  expect({ affinities, recents }).toEqual({ affinities: {}, recents: [] });
});

test('less like this: the item goes back at once, and is not put forward again', async () => {
  const page = await open('accept-all');
  const [first = ''] = await itemsOf(page, 'grid');
  await openReasons(page);
  await dialog(page).getByRole('button', { name: 'Less like this' }).press('Enter');
  await dialog(page).getByRole('status').getByText('You will see less like this.').waitFor();
  await expect.poll(async () => (await itemsOf(page, 'grid'))[0]).not.toBe(first);
  expect((await profile(page))?.dismissed).toEqual([first]);
});

test('where nothing may be remembered, less like this says what it needs', async () => {
  const page = await open(undefined);
  await page.keyboard.press('Escape');
  await openReasons(page);
  expect(await dialog(page).getByRole('button', { name: 'Less like this' }).isDisabled()).toBe(true);
  await dialog(page).getByText('this site must be allowed to remember').waitFor();
});

test('a reason that is turned off is not used any more, and the page is decided anew', async () => {
  const page = await open('accept-all');
  await openReasons(page);
  await dialog(page)
    .getByRole('button', { name: /Do not use: .*Time and season/ })
    .first()
    .press('Enter');
  await dialog(page).getByRole('status').getByText('Not used.').waitFor();
  await expect.poll(() => page.evaluate(() => window.inkling?.context.get().time.season)).toBe('unknown');
  await expect.poll(async () => (await profile(page))?.unused).toContain('time.season');
  // The centre knows of it.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'What is known of me' }).press('Enter');
  expect(await dialog(page).getByRole('checkbox', { name: 'Time and season' }).isChecked()).toBe(false);
});

test('why not another: in a sentence, with what is shown instead; and what would change it', async () => {
  const page = await open('accept-all');
  await openReasons(page);
  const others = dialog(page).getByRole('combobox', { name: 'Why not' });
  await others.selectOption({ label: 'Lido Parasol' });
  await dialog(page).getByText('Others suit this moment better.').waitFor();
  await dialog(page)
    .getByText(/Shown instead: .+\./)
    .waitFor();
  await dialog(page)
    .getByText(/would put .+ first\.|No single other fact/)
    .waitFor();
});

test('where the page stands as authored it says so', async () => {
  const page = await open('refuse-all');
  await openReasons(page);
  await dialog(page).getByText('It stands where the makers of this page put it.').waitFor();
  expect(await dialog(page).getByRole('combobox').count()).toBe(0);
});

test('by keyboard alone: in, through it, and back to the button that opened it', async () => {
  const page = await open('accept-all');
  await openReasons(page);
  await dialog(page).getByRole('combobox').waitFor();
  const focusable = await dialog(page).evaluate((node) =>
    [...node.querySelectorAll('button,select')].map((control) => control.id),
  );
  expect(focusable[0]).toBe('close');
  for (const id of focusable) {
    await page.keyboard.press('Tab');
    expect(await focusName(page)).toBe(id);
  }
  await page.keyboard.press('Escape');
  expect(await focusName(page)).toBe('Why this?');
  expect(await dialog(page).count()).toBe(0);
});

test.each([
  ['en', 'light'],
  ['de', 'dark'],
  ['fr', 'light'],
  ['ar', 'dark'],
] as const)(
  'axe finds nothing, and nothing is cut off on a phone (%s, %s)',
  async (language, colorScheme) => {
    const page = await open('accept-all', { language, colorScheme, viewport: { width: 320, height: 640 } });
    await openReasons(page);
    await dialog(page).getByRole('combobox').waitFor();
    expect(await dialog(page).getAttribute('lang')).toBe(language);
    expect(await violationsOf(page, 'inkling-why')).toEqual([]);
    expect(await dialog(page).evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  },
);
