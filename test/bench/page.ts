import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFullEncoder } from '@inkling/core/full';
import type { Browser } from 'playwright-core';
import { serveStorefront } from '../../scripts/serve-storefront.ts';
import { launchChromium } from '../browser/chromium.ts';
import { SHOP_FOLDER } from '../browser/shop.ts';
import type { Bench, BenchRow } from './bench.ts';
import { ratioRows, summarize } from './onnx/statistics.ts';
import { measureMemory, measureVisit, type PageCost, watchCost } from './page/measure-page.ts';
import { buildPartsPage } from './page/parts-page.ts';

const TAG = /<script src="\/inkling.js"[^>]*><\/script>/;
const SLOWER = 4;

type Side = 'without' | 'inkling' | 'parts';

/** What Inkling costs the storefront's home page in Chromium with the processor slowed four times: with and without it, and
 * with GrowthBook, cookieconsent and onnxruntime-web doing its job, the sides by turns, cold and from a warm cache. Build
 * the shop first (`npm start` does). `--rounds 10` says how often. */
export const bench: Bench = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string' } } });
  const rounds = Number(values.rounds ?? 10);
  const folders = await makeFolders();
  const sides = Object.keys(folders) as Side[];
  const cf = { country: 'NO', timezone: 'Europe/Oslo' };
  const served = await Promise.all(sides.map((side) => serveStorefront({ dir: folders[side], cf })));
  const browser = await launchChromium();
  try {
    const costs = new Map<string, PageCost[]>();
    const note = (name: string, cost: PageCost) => costs.set(name, [...(costs.get(name) ?? []), cost]);
    for (let round = 0; round < rounds; round++) {
      for (const [index, side] of sides.entries()) {
        const [cold, warm] = await visitTwice(browser, served[index]?.url ?? '');
        note(`${side}, cold`, cold);
        note(`${side}, warm`, warm);
      }
      process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    }
    const rows = [...costs].flatMap(([side, list]) => rowsOf(side, list));
    const memory = await memoryOf(browser, served[sides.indexOf('inkling')]?.url ?? '');
    return [
      ...rows,
      ...ratios(costs),
      { case: 'inkling', metric: 'heap left of 1,000 decisions', value: memory, unit: 'B' },
    ];
  } finally {
    await browser.close();
    await Promise.all(served.map(({ dispose }) => dispose()));
    for (const side of ['without', 'parts'] as const) rmSync(folders[side], { recursive: true, force: true });
  }
};

async function makeFolders(): Promise<Readonly<Record<Side, string>>> {
  const without = copyWith('');
  const parts = copyWith('<script type="module" src="/parts.js"></script>');
  const { spec } = JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
  const page = readFileSync(join(SHOP_FOLDER, 'index.html'), 'utf8');
  const rows = page.split('data-inkling-slot="grid"')[1]?.match(/data-inkling-item=/g)?.length ?? 0;
  const features = Array.from(
    { length: rows * createFullEncoder(spec).width },
    (_, i) => ((i * 7919) % 101) / 101,
  );
  const { files } = await buildPartsPage(features, rows);
  for (const [name, content] of files) {
    mkdirSync(dirname(join(parts, name)), { recursive: true });
    writeFileSync(join(parts, name), content);
  }
  return { without, inkling: SHOP_FOLDER, parts };
}

/** The shop with another script in the place of ours. */
function copyWith(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-page-'));
  cpSync(SHOP_FOLDER, folder, { recursive: true });
  const file = join(folder, 'index.html');
  writeFileSync(file, readFileSync(file, 'utf8').replace(TAG, script));
  return folder;
}

async function visitTwice(browser: Browser, url: string): Promise<[PageCost, PageCost]> {
  const context = await browser.newContext();
  try {
    await watchCost(context);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const cold = await measureVisit(page, url);
    return [cold, await measureVisit(page, url)];
  } finally {
    await context.close();
  }
}

async function memoryOf(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => (window.inkling?.slates().length ?? 0) >= 3);
  const bytes = await measureMemory(page);
  await page.close();
  return bytes;
}

function rowsOf(side: string, list: readonly PageCost[]): readonly BenchRow[] {
  const units = { lcp: 'ms', cls: '', longest: 'ms', inp: 'ms', bytes: 'B', personalized: 'ms' } as const;
  return (Object.keys(units) as (keyof typeof units)[]).flatMap((metric) => {
    const values = list.flatMap((cost) => cost[metric] ?? []);
    return values.length > 0 ? [summarize(side, metric, values, units[metric])] : [];
  });
}

/** Of each round, one side as a multiple of the other. */
function ratios(costs: ReadonlyMap<string, readonly PageCost[]>): readonly BenchRow[] {
  const of = (side: string, metric: keyof PageCost) =>
    (costs.get(side) ?? []).map((cost) => cost[metric] ?? Number.NaN);
  return ['cold', 'warm'].flatMap((cache) => [
    ...ratioRows(
      `lcp, inkling / without, ${cache}`,
      of(`inkling, ${cache}`, 'lcp'),
      of(`without, ${cache}`, 'lcp'),
      1.02,
    ),
    ...ratioRows(
      `first personalized paint, parts / inkling, ${cache}`,
      of(`parts, ${cache}`, 'personalized'),
      of(`inkling, ${cache}`, 'personalized'),
    ),
  ]);
}
