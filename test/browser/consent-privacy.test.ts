import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { dialog, focusName, openCentre, privateVisits, violationsOf } from './privacy-visit.ts';
import { itemsOf, NOTHING_STORED, settled, storedBy } from './shop.ts';

const open = privateVisits();

const context = (page: Page) => page.evaluate(() => window.inkling?.context.get());
const profile = (page: Page) => page.evaluate(() => window.inkling?.profile.get());
const sources = (page: Page) => page.evaluate(() => window.inkling?.slates().map(({ source }) => source));

test('it says in sentences what is known of the moment, and a signal that is unticked is not used, here and on the next page', async () => {
  const page = await open('accept-all');
  await openCentre(page);
  const time = dialog(page).getByRole('checkbox', { name: 'Time and season' });
  expect(await time.isChecked()).toBe(true);
  await dialog(page)
    .getByText(/It is \w[\w ]* for you\. It is \w+ where you are\./)
    .waitFor();
  await dialog(page).getByText('You are in Norway.').first().waitFor();

  await time.press('Space');
  await dialog(page).getByText('Not used.').waitFor();
  expect((await context(page))?.time.hour).toBe('unknown');
  expect((await context(page))?.geo.country).toBe('NO');
  expect(await focusName(page)).toBe('time');
  await expect.poll(() => profile(page)).toMatchObject({ unused: expect.arrayContaining(['time.hour']) });

  await page.reload();
  await settled(page);
  expect((await context(page))?.time.season).toBe('unknown');
  await openCentre(page);
  expect(await time.isChecked()).toBe(false);
  await time.press('Space');
  await expect.poll(async () => (await context(page))?.time.hour).not.toBe('unknown');
});

test('one signal of an area is unticked, and the others are used still; what was opened stays open', async () => {
  const page = await open('accept-all');
  await openCentre(page);
  const area = dialog(page).getByRole('checkbox', { name: 'Your device' });
  await dialog(page).getByText('One by one').nth(1).press('Enter');
  await dialog(page).getByRole('checkbox', { name: 'You have light colours.' }).press('Space');
  const off = dialog(page).getByRole('checkbox', { name: 'You have … colours.' });
  await off.waitFor();
  expect(await focusName(page)).toBe('device.colorScheme');
  const mixed = () => area.evaluate((box) => (box as HTMLInputElement).indeterminate);
  expect(await mixed()).toBe(true);
  expect((await context(page))?.device).toMatchObject({ colorScheme: 'unknown', pointer: 'fine' });
  await expect.poll(() => profile(page)).toMatchObject({ unused: ['device.colorScheme'] });

  await page.reload();
  await settled(page);
  expect((await context(page))?.device).toMatchObject({ colorScheme: 'unknown', pointer: 'fine' });
  await openCentre(page);
  await expect.poll(mixed).toBe(true);
  await area.press('Space');
  await expect.poll(async () => (await context(page))?.device.colorScheme).toBe('light');
  expect(await mixed()).toBe(false);
});

test('the page as everyone sees it: authored at once, and on the next page', async () => {
  const page = await open('accept-all');
  expect(await sources(page)).toContain('ranker');
  await openCentre(page);
  await dialog(page).getByRole('checkbox', { name: 'as everyone sees it' }).press('Space');
  await expect.poll(() => sources(page)).toEqual(['authored', 'authored', 'authored']);
  await page.reload();
  await settled(page);
  expect(await sources(page)).toEqual(['authored', 'authored', 'authored']);
  await openCentre(page);
  await dialog(page).getByRole('checkbox', { name: 'as everyone sees it' }).press('Space');
  await expect.poll(() => sources(page)).toEqual(['ranker', 'ranker', 'ranker']);
});

test('before a choice it holds for the page, and nothing is stored', async () => {
  const page = await open(undefined);
  await page.keyboard.press('Escape');
  await openCentre(page);
  await dialog(page).getByText('Nothing of you is remembered.').waitFor();
  await dialog(page).getByText('this holds for this page').waitFor();
  await dialog(page).getByRole('checkbox', { name: 'Time and season' }).press('Space');
  await expect.poll(async () => (await context(page))?.time.hour).toBe('unknown');
  await dialog(page).getByRole('checkbox', { name: 'as everyone sees it' }).press('Space');
  await expect.poll(() => sources(page)).toEqual(['authored', 'authored', 'authored']);
  expect(await storedBy(page)).toEqual(NOTHING_STORED);
});

test('a picked topic moves the page, and is forgotten again', async () => {
  const page = await open('accept-all');
  const before = await itemsOf(page, 'grid');
  await openCentre(page);
  const topic = dialog(page).getByRole('button', { name: 'the bath', exact: true });
  expect(await topic.getAttribute('aria-pressed')).toBe('false');
  await topic.press('Enter');
  await expect.poll(() => topic.getAttribute('aria-pressed')).toBe('true');
  expect((await profile(page))?.affinities.bath?.[0]).toBe(5);
  await dialog(page).getByText('You seem to like').waitFor();
  await expect.poll(() => itemsOf(page, 'grid')).not.toEqual(before);
  await topic.press('Enter');
  await expect.poll(() => topic.getAttribute('aria-pressed')).toBe('false');
  expect((await profile(page))?.affinities).toEqual({});
});

test('paused, nothing is learnt of what the visitor does; resumed, it is', async () => {
  const page = await open('accept-all');
  await openCentre(page);
  const paused = dialog(page).getByRole('checkbox', { name: 'Learn nothing more' });
  // A slate that was decided before the code that learns had come teaches nothing.
  const canTeach = () =>
    page.evaluate(() => {
      const slate = window.inkling?.slates().find(({ slot }) => slot === 'grid');
      return !!(slate && window.inkling?.decision(slate)?.request.adapter);
    });
  // On an item that others stand before, so that its being chosen says something.
  const act = () =>
    page.evaluate(() => {
      const slate = window.inkling?.slates().find(({ slot }) => slot === 'grid');
      const item = slate?.items[6]?.id ?? '';
      window.inkling?.track({ type: 'click', item, slot: 'grid' });
      return item;
    });

  await paused.press('Space');
  await expect.poll(async () => (await profile(page))?.paused).toBe(true);
  await expect.poll(canTeach).toBe(true);
  await act();
  await page.evaluate(() => window.inkling?.ready);
  const { affinities, recents, posterior } = (await profile(page)) ?? {};
  expect({ affinities, recents, posterior }).toEqual({ affinities: {}, recents: [], posterior: {} });

  await paused.press('Space');
  await expect.poll(async () => (await profile(page))?.paused).toBeUndefined();
  const chosen = await act();
  await expect.poll(async () => (await profile(page))?.recents[0]?.id).toBe(chosen);
  await expect.poll(async () => (await profile(page))?.posterior).not.toEqual({});
});

test('what is remembered can be downloaded, read and erased', async () => {
  const page = await open('accept-all');
  await page.evaluate(() => window.inkling?.track({ type: 'like', item: 'rain-shell' }));
  await openCentre(page);
  await dialog(page).getByText('You seem to like').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page).getByRole('button', { name: 'Download' }).press('Enter'),
  ]);
  expect(file.suggestedFilename()).toBe('inkling-profile.json');
  expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toMatchObject({ inkling: 'profile' });
  await dialog(page).getByRole('button', { name: 'Erase', exact: true }).press('Enter');
  await dialog(page).getByRole('status').getByText('erased').waitFor();
  const { affinities, recents } = (await profile(page)) ?? {};
  expect({ affinities, recents }).toEqual({ affinities: {}, recents: [] });
});

test('it tells what was chosen on the page, and why, and leads to the choices', async () => {
  const page = await open('accept-all');
  await openCentre(page);
  await dialog(page).getByText('Chosen on this page').waitFor();
  const lines = dialog(page).getByRole('listitem');
  // Three slots, and the receipt.
  await expect.poll(() => lines.count(), { timeout: 10_000 }).toBe(4);
  const first = (await itemsOf(page, 'grid'))[0] ?? '';
  const title = await page.evaluate((id) => window.inkling?.item(id)?.title, first);
  expect(await lines.nth(2).textContent()).toMatch(new RegExp(`^${title}: .+\\.$`));
  await dialog(page).getByRole('button', { name: 'Your choices' }).press('Enter');
  await page.getByRole('region', { name: 'Your choices' }).waitFor();
});

test('of a sensitive tag, and of an item that has one, it says nothing', async () => {
  const page = await open('accept-all');
  // As if the pack had marked a tag that the profile holds, and that is offered as a topic.
  await page.evaluate(() => {
    const inkling = window.inkling;
    const pack = inkling?.pack();
    inkling?.track({ type: 'like', item: 'rain-shell' });
    inkling?.track({ type: 'dismiss', item: 'changing-poncho' });
    if (inkling && pack) Object.assign(inkling, { pack: () => ({ ...pack, sensitive: ['rain'] }) });
  });
  await openCentre(page);
  await dialog(page).getByText('Things you asked to see less of: ').waitFor();
  const text = (await dialog(page).textContent()) ?? '';
  expect(text).toContain('hiking');
  expect(text).not.toMatch(/rainy days|Beck Rain Shell|Changing Poncho/);
});

test('by keyboard alone: in, through everything in the order of the screen, and out to where it was opened', async () => {
  const page = await open('accept-all');
  await openCentre(page);
  await expect.poll(() => dialog(page).getByRole('listitem').count()).toBe(4);
  await dialog(page).getByText('One by one').first().press('Enter');
  await dialog(page).getByText('Close').focus();
  await page.keyboard.press('Shift+Tab');
  const focusable = await dialog(page).evaluate((node) =>
    [...node.querySelectorAll('button,input,select,summary')]
      .filter((control) => control.checkVisibility())
      .map((control) => control.id),
  );
  const visited: string[] = [];
  const places: number[] = [];
  for (const _ of focusable) {
    await page.keyboard.press('Tab');
    visited.push(await focusName(page));
    places.push(
      await page.evaluate(() => {
        let node = document.activeElement;
        while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
        const { x = 0, y = 0 } = node?.getBoundingClientRect() ?? {};
        const scrolled = node?.closest('section')?.scrollTop ?? 0;
        return Math.round(y + scrolled) * 10_000 + x;
      }),
    );
  }
  expect(visited).toEqual(focusable);
  expect(visited[0]).toBe('close');
  expect(places).toEqual([...places].sort((a, b) => a - b));
  await page.keyboard.press('Escape');
  expect(await focusName(page)).toBe('What is known of me');
});

test('to a screen reader it is a named dialog of headings, named checkboxes with descriptions, and toggles', async () => {
  const page = await open('accept-all');
  await openCentre(page);
  // What takes its time comes after it is open.
  await expect
    .poll(() => dialog(page).ariaSnapshot(), { timeout: 10_000 })
    .toMatch(
      /- dialog "Privacy on this page"[\s\S]*- heading "Privacy on this page" \[level=2\][\s\S]*- heading "What is known of this moment" \[level=3\][\s\S]*- checkbox "Time and season" \[checked\][\s\S]*- checkbox "Show the page as everyone sees it"\n[\s\S]*- group "Pick what you like":\n\s+- button "rainy days"[\s\S]*- button "Download"\n\s+- button "Erase"/,
    );
  for (const box of await dialog(page).getByRole('checkbox').all()) {
    const said = await box.evaluate((node) => {
      const id = node.getAttribute('aria-describedby') ?? '';
      return (node.getRootNode() as ShadowRoot).getElementById(id)?.textContent;
    });
    expect(said).toBeTruthy();
  }
});

test.each([
  ['en', 'light', 'accept-all'],
  ['en', 'dark', 'refuse-all'],
  ['de', 'dark', 'accept-all'],
  ['fr', 'light', 'accept-all'],
  ['ar', 'light', 'accept-all'],
  ['ar', 'dark', undefined],
] as const)(
  'axe finds nothing, and nothing is cut off on a phone (%s, %s, %s)',
  async (language, colorScheme, answer) => {
    const page = await open(answer, { language, colorScheme, viewport: { width: 320, height: 640 } });
    await page.keyboard.press('Escape');
    await openCentre(page);
    if (answer === 'accept-all') {
      await dialog(page).locator('[aria-pressed]').first().press('Enter');
      await dialog(page).locator('[aria-pressed=true]').waitFor();
    }
    for (const summary of await dialog(page).locator('summary').all()) await summary.press('Enter');
    expect(await dialog(page).getAttribute('lang')).toBe(language);
    expect(await violationsOf(page, 'inkling-privacy')).toEqual([]);
    expect(await dialog(page).evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  },
);

test('forced colours keep a picked topic apart from the others', async () => {
  const page = await open('accept-all', { forcedColors: 'active' });
  await openCentre(page);
  const [picked, other] = [
    dialog(page).locator('[aria-pressed]').first(),
    dialog(page).locator('[aria-pressed]').nth(1),
  ];
  await picked.press('Enter');
  await dialog(page).locator('[aria-pressed=true]').waitFor();
  const ground = (node: Element) => getComputedStyle(node).backgroundColor;
  expect(await picked.evaluate(ground)).not.toBe(await other.evaluate(ground));
});
