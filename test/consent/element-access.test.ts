import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { boxOf, button, focusName, openConsentPages, opener, panel } from './consent-visit.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const visit = openConsentPages();

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
