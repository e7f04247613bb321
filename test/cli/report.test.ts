import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runReport, runTrain } from '@inkling/cli';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulate } from '../../examples/storefront/training/simulate.ts';
import { launchChromium } from '../browser/chromium.ts';

const SHOP = join(import.meta.dirname, '../../examples/storefront');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const HOSTILE = '</style><script>document.title = "run"</script>';

let folder: string;
let browser: Browser;
let page: Page;
const requests: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-report-'));
  const catalog = join(SHOP, 'catalog.json');
  const impressions = join(folder, 'log.ndjson');
  const card = join(folder, 'card.json');
  writeFileSync(
    impressions,
    simulate(JSON.parse(readFileSync(catalog, 'utf8')), { visitors: 60, seed: 'r' }),
  );
  writeFileSync(card, JSON.stringify({ summary: HOSTILE, data: 'Simulated.', limits: 'Only a test.' }));
  const log = {
    impressions,
    mapping: join(SHOP, 'training/mapping.json'),
    spec: join(SHOP, 'pack/features.json'),
    catalog,
  };
  await runTrain({ ...log, out: folder, epochs: 1, sensitive: ['health'] });
  await runReport({
    ...log,
    ...{ model: join(folder, 'ranker.onnx'), popularity: join(folder, 'popularity.json'), card },
    ...{ title: HOSTILE, group: ['device.form'], minGroup: 20, sensitive: ['other'] },
    out: join(folder, 'report.html'),
    now: () => new Date(0),
  });
  browser = await launchChromium();
  page = await browser.newPage();
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`file://${join(folder, 'report.html')}`);
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

test('it opens from disk, asks for nothing else, and text stays text', async () => {
  expect(requests).toEqual([page.url()]);
  expect(await page.title()).toBe(HOSTILE);
  expect(await page.locator('script').count()).toBe(0);
  expect(await page.locator('dd').first().textContent()).toBe(HOSTILE);
});

test('the card says of the training what the model does, and names every file by its hash', async () => {
  const card = await page.locator('dl').textContent();
  expect(card).toMatch(/Simulated\. Learnt from lists from 20\d\d-\d\d-\d\d to 20\d\d/);
  // Not what the report was told to leave out of its own lists.
  expect(card).toContain('Nothing was learnt of items tagged health.');
  const rows = page.locator('table').last().locator('tbody tr');
  const named = await rows.evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent)),
  );
  expect(named.map(([what]) => what)).toEqual([
    'the model',
    'its feature spec',
    'lists measured on',
    'what their columns mean',
    'the catalog',
    'the popularity',
    'what the author says',
  ]);
  for (const [, file = '', sha256] of named as string[][]) {
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256);
  }
});

test('every picture has its figures in a table', async () => {
  const figures = await page.locator('figure').evaluateAll((nodes) =>
    nodes.map((node) => ({
      title: node.querySelector('h3')?.textContent,
      dots: node.querySelectorAll('svg circle').length,
      rows: node.querySelectorAll('tbody tr').length,
      numbers: /not known|NaN|undefined/.test(node.textContent ?? ''),
    })),
  );
  expect(figures.map(({ title }) => title)).toEqual([
    'Lift over each baseline',
    'Every order by itself',
    'By device.form',
    'What the order owes to each group of features',
    'How much of the catalog is seen',
  ]);
  for (const { dots, rows, numbers } of figures.slice(0, 4)) {
    expect(rows).toBeGreaterThan(1);
    expect(dots).toBe(rows);
    expect(numbers).toBe(false);
  }
});

test('axe finds nothing, in the light, in the dark, on a phone and on paper', async () => {
  // The page's own policy forbids every script; a test may look all the same.
  const context = await browser.newContext({ bypassCSP: true });
  const copy = await context.newPage();
  await copy.goto(page.url());
  await copy.addScriptTag({ path: AXE });
  const views = [
    { colorScheme: 'light', width: 1200, media: 'screen' },
    { colorScheme: 'dark', width: 390, media: 'screen' },
    { colorScheme: 'light', width: 800, media: 'print' },
  ] as const;
  for (const { colorScheme, width, media } of views) {
    await copy.setViewportSize({ width, height: 900 });
    await copy.emulateMedia({ colorScheme, media });
    const found = await copy.evaluate(async () => {
      const { violations } = await (globalThis as unknown as AxeWindow).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(found).toEqual([]);
    expect(await copy.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await context.close();
});

interface AxeWindow {
  readonly axe: {
    run(): Promise<{
      readonly violations: readonly {
        readonly id: string;
        readonly nodes: readonly { readonly html: string }[];
      }[];
    }>;
  };
}
