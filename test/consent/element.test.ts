import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type ConsentPage, serveConsentPage } from './consent-page.ts';

const PHONE = { width: 390, height: 844 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let site: ConsentPage;
let browser: Browser;
let context: BrowserContext | undefined;
/** CSP violations, console errors and exceptions of every page of the running test. */
let complaints: string[] = [];

beforeAll(async () => {
  [site, browser] = await Promise.all([serveConsentPage(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  site?.close();
});

afterEach(async () => {
  await context?.close();
  context = undefined;
  const found = complaints;
  complaints = [];
  expect(found).toEqual([]);
});

/** Opens the page in a fresh visitor's browser, or in one more tab of the same visitor. */
async function visit(path = '', options: BrowserContextOptions = {}): Promise<Page> {
  if (!context) {
    context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', ...options });
    await context.exposeFunction('complain', (text: string) => void complaints.push(text));
    await context.addInitScript(
      "addEventListener('securitypolicyviolation', (e) => complain(e.violatedDirective + ' ' + e.blockedURI))",
    );
  }
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(site.url + path);
  await page.waitForFunction('globalThis.ready');
  return page;
}

const panel = (page: Page): Locator => page.getByRole('region');
const button = (page: Page, name: string): Locator => panel(page).getByRole('button', { name, exact: true });
const opener = (page: Page): Locator => page.getByRole('button', { name: 'Privacy choices' });
const purposes = (page: Page) => page.evaluate('consent.get().purposes');
const focusName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return node?.id || node?.textContent || '';
  });

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error('The element is not visible.');
  return box;
}

/** Everything a page can keep in this browser. */
async function stored(page: Page): Promise<string[]> {
  const kept: string[] = await page.evaluate(async () => [
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...(await indexedDB.databases()).map(({ name }) => `indexedDB ${name}`),
    ...(await caches.keys()).map((name) => `cache ${name}`),
  ]);
  const cookies = (await page.context().cookies()).map(({ name }) => `cookie ${name}`);
  return [...kept, ...cookies];
}

const KEY_ONLY = ['localStorage inkling.consent'];

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

test('to a screen reader it is a named region of a heading, text and buttons, then of named checkboxes', async () => {
  const page = await visit();
  expect(await panel(page).ariaSnapshot()).toMatch(
    /^- region "May this page adapt to you\?":\n\s+- heading "May this page adapt to you\?" \[level=2\]\n\s+- button "Close"\n\s+- paragraph: [\s\S]*- link "Privacy notice"[\s\S]*- button "Refuse"\n\s+- button "Accept"\n\s+- button "Choose"$/,
  );
  await opener(page).click();
  expect(await panel(page).ariaSnapshot()).toMatch(
    /- paragraph: Your answer itself .* a refusal for 180 days[\s\S]*- checkbox "Adapt to the moment"[\s\S]*- checkbox "Share single choices"[\s\S]*- button "Refuse all"\n\s+- button "Save"$/,
  );
});

describe('the keyboard', () => {
  test('goes through everything in the order of the screen', async () => {
    const page = await visit();
    for (const expected of [
      ['Close', 'Privacy notice', 'Refuse', 'Accept', 'Choose'],
      ['Close', 'Privacy notice', 'context', 'profile', 'measurement', 'research', 'Refuse all', 'Save'],
    ]) {
      await opener(page).focus();
      const [names, places]: [string[], number[]] = [[], []];
      for (const _ of expected) {
        await page.keyboard.press('Tab');
        names.push(await focusName(page));
        const { x, y } = await page.evaluate(() => {
          let node = document.activeElement;
          while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
          return node?.getBoundingClientRect() ?? new DOMRect();
        });
        places.push(y * 10_000 + x);
      }
      expect(names).toEqual(expected);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      if (expected.includes('Choose')) await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Enter');
    expect(await page.evaluate('consent.cause')).toBe('save');
  });

  test('focus moves in when the visitor opens, and back on every way out', async () => {
    const page = await visit();
    await button(page, 'Refuse').click();
    for (const leave of ['Escape', 'Close', 'Save']) {
      await opener(page).focus();
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.localName)).toBe('inkling-consent');
      await page.keyboard.press('Tab');
      expect(await focusName(page)).toBe('Close');
      if (leave === 'Escape') await page.keyboard.press('Escape');
      else await button(page, leave).press('Enter');
      expect(await focusName(page)).toBe('Privacy choices');
    }
  });

  test('focus is not lost when another tab answers, or with the privacy notice', async () => {
    const [page, other] = [await visit(), await visit()];
    const notice = page.getByRole('link', { name: 'Privacy notice' });
    await opener(page).focus();
    await page.keyboard.press('Tab');
    await button(other, 'Refuse').click();
    await panel(page).waitFor({ state: 'detached' });
    expect(await focusName(page)).toBe('Privacy choices');

    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await other.evaluate("consent.choose('accept-all')");
    await panel(page).getByRole('checkbox', { checked: true }).first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('inkling-consent');
    await notice.focus();
    await page.keyboard.press('Escape');
    expect(await focusName(page)).toBe('Privacy choices');
  });

  test('focus comes back inside a component that holds opener and element', async () => {
    const page = await visit();
    await page.evaluate(`
      const opener = document.querySelector('[data-inkling-consent]');
      document.querySelector('main').attachShadow({ mode: 'open' }).append(opener, element);
    `);
    await opener(page).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await focusName(page)).toBe('Privacy choices');
  });

  test('Escape from outside leaves the focus where it is', async () => {
    const page = await visit();
    await page.getByRole('link', { name: 'Elsewhere' }).focus();
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(await focusName(page)).toBe('Elsewhere');
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

describe('for everyone', () => {
  test.each(['light', 'dark'] as const)('axe finds nothing in any view (%s)', async (colorScheme) => {
    const page = await visit('', { colorScheme });
    await page.evaluate(AXE);
    const check = () =>
      page.evaluate<[string, string[]][]>(
        'axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))',
      );
    const passes = () =>
      page.evaluate<string[]>(
        "axe.run('inkling-consent', { runOnly: ['color-contrast'] }).then((r) => r.passes.map((p) => p.id))",
      );
    expect(await check()).toEqual([]);
    expect(await passes()).toEqual(['color-contrast']);
    await button(page, 'Choose').click();
    expect(await check()).toEqual([]);
    expect(await passes()).toEqual(['color-contrast']);
    const honoured = await visit('?gpc');
    await honoured.evaluate(AXE);
    expect(await honoured.evaluate('axe.run().then((r) => r.violations.map((v) => v.id))')).toEqual([]);
  });

  test('at 400% zoom everything can be scrolled to, in one direction only', async () => {
    const page = await visit('', { viewport: { width: 320, height: 256 } });
    for (const name of ['Choose', 'Save']) {
      const overflow = await panel(page).evaluate((node) => node.scrollWidth - node.clientWidth);
      expect(overflow).toBe(0);
      expect((await boxOf(panel(page))).height).toBeLessThanOrEqual(256);
      await button(page, name).click();
    }
    expect(await page.evaluate('consent.decided')).toBe(true);
  });

  test('right to left, the panel is mirrored', async () => {
    const page = await visit();
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    const [refuse, accept] = [await boxOf(button(page, 'Refuse')), await boxOf(button(page, 'Accept'))];
    expect(refuse.x).toBeGreaterThan(accept.x);
    const [title, close] = [
      await boxOf(panel(page).getByRole('heading')),
      await boxOf(button(page, 'Close')),
    ];
    expect(title.x).toBeGreaterThan(close.x);
  });

  test('moves only for those who do not mind', async () => {
    const page = await visit();
    const animation = () => panel(page).evaluate((node) => getComputedStyle(node).animationName);
    expect(await animation()).toBe('none');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await animation()).toBe('appear');
  });

  test('forced colours keep the edges of panel and buttons', async () => {
    const page = await visit('', { forcedColors: 'active' });
    for (const locator of [panel(page), button(page, 'Accept'), button(page, 'Choose')]) {
      const [width, edge, ground] = await locator.evaluate((node) => {
        const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(node);
        return [borderTopWidth, borderTopColor, backgroundColor];
      });
      expect(width).toBe('1px');
      expect(edge).not.toBe(ground);
    }
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
