import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  boxOf,
  button,
  KEY_ONLY,
  openConsentPages,
  opener,
  PHONE,
  panel,
  purposes,
  stored,
} from './consent-visit.ts';

const visit = openConsentPages();

describe('the first question', () => {
  test('shows itself without taking the focus, moving the page or storing anything', async () => {
    const page = await visit();
    await panel(page).waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    expect(await stored(page)).toEqual([]);

    const rectangles = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('header, main, footer, h1')].map((node) =>
          node.getBoundingClientRect().toJSON(),
        ),
      );
    const withPanel = await rectangles();
    await button(page, 'Refuse').click();
    await panel(page).waitFor({ state: 'detached' });
    expect(await rectangles()).toEqual(withPanel);
  });

  test('covers at most 40% of a phone, at its bottom, whatever its ancestors do', async () => {
    const page = await visit();
    const { x, y, width, height } = await boxOf(panel(page));
    expect((width * height) / (PHONE.width * PHONE.height)).toBeLessThanOrEqual(0.4);
    expect(height / PHONE.height).toBeLessThanOrEqual(0.4);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(PHONE.width);
    expect(PHONE.height - (y + height)).toBeLessThan(24);
    expect(y + height).toBeLessThanOrEqual(PHONE.height);
  });

  test.each(['light', 'dark'] as const)('Accept and Refuse look exactly alike (%s)', async (colorScheme) => {
    const page = await visit('', { colorScheme });
    const [refuse, accept] = [button(page, 'Refuse'), button(page, 'Accept')];
    const [left, right] = [await boxOf(refuse), await boxOf(accept)];
    expect([right.width, right.height, right.y]).toEqual([left.width, left.height, left.y]);
    expect(right.x - (left.x + left.width)).toBeGreaterThan(0);
    expect(right.x - (left.x + left.width)).toBeLessThan(24);

    const styleOf = (locator: Locator): Promise<Record<string, string>> =>
      locator.evaluate((node) => {
        const style = getComputedStyle(node);
        return Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]));
      });
    const style = await styleOf(refuse);
    expect(Object.keys(style).length).toBeGreaterThan(200);
    expect(await styleOf(accept)).toEqual(style);
    expect(await accept.getAttribute('part')).toBe(await refuse.getAttribute('part'));
    expect(left.height).toBeGreaterThanOrEqual(44);
  });

  test.each([
    ['Accept', { context: 'granted', profile: 'granted', measurement: 'granted', research: 'unset' }],
    ['Refuse', { context: 'refused', profile: 'refused', measurement: 'refused', research: 'refused' }],
  ])('%s decides in one click, keeps only the choice and is not asked again', async (name, expected) => {
    const page = await visit();
    await button(page, name).click();
    await panel(page).waitFor({ state: 'detached' });
    expect(await purposes(page)).toEqual({ necessary: 'granted', ...expected });
    expect(await stored(page)).toEqual(KEY_ONLY);

    const next = await visit();
    expect(await panel(next).count()).toBe(0);
    expect(await purposes(next)).toEqual({ necessary: 'granted', ...expected });
  });

  test.each([
    ['Escape', (page: Page) => page.keyboard.press('Escape')],
    ['the Close button', (page: Page) => button(page, 'Close').click()],
  ])('%s closes it without deciding', async (_, act) => {
    const page = await visit();
    await panel(page).waitFor();
    await act(page);
    await panel(page).waitFor({ state: 'detached' });
    expect(await page.evaluate('consent.decided')).toBe(false);
    expect(await stored(page)).toEqual([]);
    await panel(await visit()).waitFor();
  });

  test('leaves Escape to whoever has used it already', async () => {
    const page = await visit();
    await page.evaluate(() => document.body.addEventListener('keydown', (event) => event.preventDefault()));
    await page.keyboard.press('Escape');
    expect(await panel(page).count()).toBe(1);
  });

  test('is answered in one tab for all', async () => {
    const [page, other] = [await visit(), await visit()];
    await panel(other).waitFor();
    await button(page, 'Refuse').click();
    await panel(other).waitFor({ state: 'detached' });
    expect(await purposes(other)).toEqual(await purposes(page));
  });

  test('speaks the texts it is given', async () => {
    const page = await visit('?german');
    await button(page, 'Ablehnen').waitFor();
    expect(await panel(page).getAttribute('lang')).toBe('de');
    expect(await button(page, 'Close').count()).toBe(1);
  });
});

describe('choosing by purpose', () => {
  test('starts with nothing ticked and saves what is ticked', async () => {
    const page = await visit();
    await button(page, 'Choose').click();
    const boxes = panel(page).getByRole('checkbox');
    expect(await boxes.count()).toBe(4);
    for (const box of await boxes.all()) {
      expect(await box.isChecked()).toBe(false);
      const described = await box.evaluate((node) => {
        const id = node.getAttribute('aria-describedby') ?? '';
        return (node.getRootNode() as ShadowRoot).getElementById(id)?.textContent;
      });
      expect(described).toMatch(/^[A-Z].*\.$/);
    }
    expect(await stored(page)).toEqual([]);

    await panel(page).getByLabel('Remember what you like').check();
    await button(page, 'Save').click();
    expect(await purposes(page)).toEqual({
      necessary: 'granted',
      context: 'refused',
      profile: 'granted',
      measurement: 'refused',
      research: 'refused',
    });
    expect(await stored(page)).toEqual(KEY_ONLY);
  });

  test('open() shows the present state, and one click withdraws it', async () => {
    const page = await visit();
    await button(page, 'Accept').click();
    await opener(page).click();
    const ticks = await Promise.all(
      (await panel(page).getByRole('checkbox').all()).map((box) => box.isChecked()),
    );
    expect(ticks).toEqual([true, true, true, false]);
    await button(page, 'Refuse all').click();
    await panel(page).waitFor({ state: 'detached' });
    expect(await page.evaluate('consent.cause')).toBe('refuse-all');
    expect(await stored(page)).toEqual(KEY_ONLY);
  });

  test('asks afresh, once, when the choice runs out on an open page', async () => {
    const page = await visit();
    await button(page, 'Accept').click();
    await page.evaluate('globalThis.aheadMs = 180 * 86_400_000');
    await opener(page).click();
    expect(await page.evaluate("element.shadowRoot.querySelectorAll('section').length")).toBe(1);
    expect(await panel(page).getByRole('checkbox', { checked: true }).count()).toBe(0);
    expect(await stored(page)).toEqual([]);
  });

  test('closing it changes nothing, ticked or not', async () => {
    const page = await visit();
    await button(page, 'Refuse').click();
    const before = await purposes(page);
    for (const close of [() => page.keyboard.press('Escape'), () => button(page, 'Close').click()]) {
      await opener(page).click();
      await panel(page).getByLabel('Count what works').check();
      await close();
      await panel(page).waitFor({ state: 'detached' });
      expect(await purposes(page)).toEqual(before);
    }
  });
});

describe('Global Privacy Control', () => {
  test('no question: the page says in place that the opt-out was honoured, and nothing is stored', async () => {
    const page = await visit('?gpc');
    const status = page.getByText('Opt-out request honoured');
    await status.waitFor();
    expect(await panel(page).count()).toBe(0);
    expect(await status.evaluate((node) => getComputedStyle(node).position)).toBe('static');
    expect(await page.locator('footer').getByText('Opt-out request honoured').count()).toBe(1);
    expect(await stored(page)).toEqual([]);
  });

  test('an explicit choice overrides it and takes the sentence away', async () => {
    const page = await visit('?gpc');
    await opener(page).click();
    await panel(page).getByLabel('Remember what you like').check();
    await button(page, 'Save').click();
    await page.getByText('Opt-out request honoured').waitFor({ state: 'detached' });
    expect(await purposes(page)).toMatchObject({ profile: 'granted', measurement: 'refused' });
    expect(await stored(page)).toEqual(KEY_ONLY);
  });
});

test('an element that is moved in the document keeps working; one that is removed stops listening', async () => {
  const page = await visit();
  await page.evaluate(() =>
    document.querySelector('main')?.append(document.querySelector('inkling-consent') ?? ''),
  );
  await panel(page).waitFor();
  await page.evaluate("element.remove(); consent.choose('refuse-all'); document.body.append(element)");
  expect(await panel(page).count()).toBe(0);
  await page.evaluate('element.remove(); consent.erase()');
  expect(await page.evaluate("element.shadowRoot.querySelectorAll('section').length")).toBe(0);
});
