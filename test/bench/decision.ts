import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';
import { buildModel } from '../onnx/model-builder.ts';
import type { Bench, BenchRow } from './bench.ts';
import { countCollections } from './decision/count-collections.ts';
import type { DecisionTask } from './decision/page/measure.ts';
import { createShop } from './decision/shop.ts';
import { perceptron } from './onnx/perceptron.ts';
import { ortFiles, serveBench } from './onnx/serve-bench.ts';
import { quantile, ratioRows, summarize } from './onnx/statistics.ts';

const TASKS: readonly DecisionTask[] = [
  { catalog: 1_000, candidates: 100 },
  { catalog: 1_000, candidates: 500 },
  { catalog: 10_000, candidates: 100 },
  { catalog: 10_000, candidates: 500 },
  // Handed in, since a catalog gives no more than 500.
  { catalog: 10_000, candidates: 2_000 },
];
/** How many bare runs a decision with one item explained may take. */
const TARGET = 20;

/** A whole decision in Chromium, from the catalog to the slate, alone and with one item explained, in milliseconds and as
 * a multiple of onnxruntime-web's bare run over 500 rows of the same model in the same page, the sides by turns. Then of
 * each stage its time, the bytes that it leaves to the garbage collector, and the collections in 100 runs of it, as the
 * browser's own trace tells them. `--catalog 10000` limits the catalogs. */
export const bench: Bench = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { catalog: { type: 'string' } } });
  const server = await serveBench(await files());
  const browser = await launchChromium();
  try {
    const rows: BenchRow[] = [];
    for (const task of TASKS) {
      if (values.catalog !== undefined && Number(values.catalog) !== task.catalog) continue;
      rows.push(...(await benchTask(browser, server.origin, task)));
    }
    return rows;
  } finally {
    await browser.close();
    await server.close();
  }
};

async function benchTask(browser: Browser, origin: string, task: DecisionTask): Promise<readonly BenchRow[]> {
  const title = `${task.candidates} of ${task.catalog}`;
  process.stderr.write(`${title}\n`);
  const page = await browser.newPage();
  try {
    await page.goto(`${origin}/page.html`);
    const stages = await page.evaluate((given) => window.decisions.open(given), task);
    const { reference, decision, explained } = await page.evaluate(() => window.decisions.measure());
    const rows: BenchRow[] = [];
    for (const [name, times] of Object.entries({
      'onnxruntime-web, 500 rows': reference,
      decision,
      'decision, one item explained': explained,
    })) {
      rows.push(summarize(title, `${name}: p50`, times, 'ms'));
      rows.push({ case: title, metric: `${name}: p99`, value: quantile(times, 0.99), unit: 'ms' });
      if (times === reference) continue;
      const [multiple] = ratioRows(title, times, reference) as [BenchRow];
      rows.push({ ...multiple, metric: `${name}: multiple` });
    }
    rows.push({ case: title, metric: 'at most, one item explained', value: TARGET, unit: '×' });
    for (const stage of stages) rows.push(...(await benchStage(page, title, stage)));
    return rows;
  } finally {
    await page.close();
  }
}

async function benchStage(page: Page, title: string, stage: string): Promise<readonly BenchRow[]> {
  const run = (runs: number) =>
    page.evaluate(([name, count]) => window.decisions.run(name, count), [stage, runs] as const);
  await run(100);
  const times = await run(200);
  const { collections, bytes } = await countCollections(page, () => run(100));
  return [
    summarize(title, `${stage}: p50`, times, 'ms'),
    { case: title, metric: `${stage}: allocated`, value: bytes / 100, unit: 'B' },
    { case: title, metric: `${stage}: collections in 100`, value: collections, unit: '' },
  ];
}

async function files(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'decision/page/page.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    conditions: ['@inkling/source'],
    logLevel: 'warning',
  });
  const { width } = createShop(100).encoder;
  return new Map([
    ...ortFiles(),
    ['/models/ranker.onnx', buildModel(perceptron(500, [width, 64, 32, 1], 1).spec)],
    ['/page.js', outputFiles[0]?.contents ?? new Uint8Array()],
    ['/page.html', Buffer.from('<!doctype html><title>decision</title><script src="/page.js"></script>')],
  ]);
}
