import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleScriptTag } from '../../scripts/build-script-tag.ts';
import { movesOn, watchMoves } from '../faults/watch-moves.ts';
import { buildEdgePack, edgePage } from '../workerd/edge-pack.ts';
import { shownIn } from '../workerd/slots-of.ts';
import { type RunningEdge, startEdge } from '../workerd/start-edge.ts';
import { launchChromium } from './chromium.ts';

const SLOTS = ['hero', 'grid', 'more', 'own'];
const SCRIPT = '<script src="/inkling.js" data-pack="/inkling/pack.json" async></script>';
/** The last slots are far below what is seen at first. */
const html = edgePage
  .replace('</head>', `${SCRIPT}</head>`)
  .replace('<ul data-inkling-slot="more"', '<div style="height:4000px"></div>$&');

let browser: Browser;
let edge: RunningEdge;
let scripts: ReadonlyMap<string, Uint8Array>;
let pack: ReadonlyMap<string, Uint8Array>;
/** What the browser gets, where that is another than the edge has. */
let newer: ReadonlyMap<string, Uint8Array> | undefined;

beforeAll(async () => {
  [pack, { files: scripts }, browser] = await Promise.all([
    buildEdgePack(),
    bundleScriptTag(),
    launchChromium(),
  ]);
  edge = await startEdge({
    worker: new URL('../workerd/edge-pack-worker.ts', import.meta.url),
    cf: { country: 'NO', timezone: 'Europe/Oslo' },
    origin: ({ url }) => {
      const { pathname } = new URL(url);
      const script = scripts.get(pathname.slice(1));
      if (script) return { body: script, headers: { 'content-type': 'text/javascript' } };
      const file = pack.get(pathname.slice('/inkling/'.length));
      return file ? { body: file, headers: { 'content-type': 'application/json' } } : { body: html };
    },
  });
});

afterAll(async () => {
  await browser?.close();
  await edge?.dispose();
});

/** A visit of the page, once every slot has been told of, and the page as it was sent. */
async function visit(prepare?: (page: Page) => Promise<unknown>, told = SLOTS.length) {
  const context = await browser.newContext();
  await watchMoves(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const bytes = (name: string) => newer?.get(name);
  await page.route('**/inkling/pack.json', (route) => {
    const body = bytes('pack.json');
    return body ? route.fulfill({ body: Buffer.from(body) }) : route.continue();
  });
  await prepare?.(page);
  const sent = await (await page.goto(edge.url))?.text();
  await page.waitForFunction((slots) => window.inkling?.slates().length === slots, told);
  return { page, context, complaints, sent: sent ?? '' };
}

const slatesOf = (page: Page) =>
  page.evaluate(() => window.inkling?.slates().map(({ slot, source, arm }) => [slot, source, arm]));

const shownOn = (page: Page, slot: string) =>
  page
    .locator(`[data-inkling-slot="${slot}"] > [data-inkling-item]`)
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-inkling-item')));

test('the page comes decided; the client adopts what stands there, knows why, and moves nothing', async () => {
  const { page, context, complaints, sent } = await visit();
  for (const slot of SLOTS.slice(0, 3)) expect(await shownOn(page, slot)).toEqual(shownIn(sent, slot));
  expect(await slatesOf(page)).toEqual([
    ...SLOTS.slice(0, 3).map((slot) => [slot, 'edge', 'personalized']),
    ['own', 'ranker', 'personalized'],
  ]);
  const explained = await page.evaluate(async () => {
    const { inkling } = window;
    const slates = inkling?.slates().slice(0, 3) ?? [];
    return Promise.all(
      slates.map(async (slate) => {
        const decision = inkling?.decision(slate);
        const { contributions } = (await inkling?.explain(slate, slate.items[0]?.id ?? '')) ?? {};
        return [
          decision?.slate === slate,
          (decision?.ranking?.scores.length ?? 0) > 0,
          contributions?.length,
        ];
      }),
    );
  });
  expect(explained).toEqual(Array(3).fill([true, true, 1]));
  expect(await movesOn(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the client’s own slots have the arm that the page came with', async () => {
  const { page, context } = await visit((page) =>
    page.route(edge.url, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('"arm":"personalized"', '"arm":"holdout"');
      await route.fulfill({ response, body });
    }),
  );
  // The pack has no holdout: the client would have drawn the other one.
  expect((await slatesOf(page))?.at(-1)?.at(-1)).toBe('holdout');
  expect(await shownOn(page, 'own')).toEqual(shownIn(edgePage, 'own'));
  await context.close();
});

test('refused: what is seen stays, what is not yet seen is as its author wrote it', async () => {
  const { page, context } = await visit();
  await page.evaluate(() => window.inkling?.consent.choose('refuse-all'));
  const sent = (await (await page.reload())?.text()) ?? '';
  await page.waitForFunction((slots) => window.inkling?.slates().length === slots, SLOTS.length);
  expect(await shownOn(page, 'more')).toEqual(shownIn(edgePage, 'more'));
  expect(shownIn(sent, 'more')).not.toEqual(shownIn(edgePage, 'more'));
  expect(await slatesOf(page)).toEqual(SLOTS.map((slot) => [slot, 'authored', 'personalized']));
  expect(await movesOn(page)).toEqual([]);
  await context.close();
});

test('what the visitor does afterwards decides again, and can bring back what the author wrote', async () => {
  const { page, context } = await visit();
  const decided = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) =>
          window.inkling?.on('decision', ({ slot }) => slot === 'own' && resolve()),
        ),
    );
  const raining = decided();
  await page.evaluate(() =>
    window.inkling?.context.override({ weather: { condition: 'snow' }, geo: { country: 'BR' } }),
  );
  await raining;
  expect((await slatesOf(page))?.map(([, source]) => source)).toEqual(Array(4).fill('ranker'));
  const refused = decided();
  await page.evaluate(() => window.inkling?.consent.choose({ context: false }));
  await refused;
  for (const slot of SLOTS) await expect.poll(() => shownOn(page, slot)).toEqual(shownIn(edgePage, slot));
  await context.close();
});

test('a client with a newer pack leaves the page as it is, and does not pretend to know why', async () => {
  newer = await buildEdgePack({ version: 2, seed: 'another' });
  const { page, context, sent } = await visit();
  newer = undefined;
  for (const slot of SLOTS.slice(0, 3)) expect(await shownOn(page, slot)).toEqual(shownIn(sent, slot));
  expect((await slatesOf(page))?.map(([, source]) => source)).toEqual(['edge', 'edge', 'edge', 'ranker']);
  const scored = await page.evaluate(() =>
    window.inkling?.slates().map((slate) => !!window.inkling?.decision(slate)?.ranking),
  );
  expect(scored).toEqual([false, false, false, true]);
  await context.close();
});

test('without the client’s code for it the page stays as the edge made it', async () => {
  const { page, context, sent } = await visit(
    (page) => page.route(/views-\w+\.js$/, (route) => route.abort()),
    1,
  );
  for (const slot of SLOTS.slice(0, 3)) expect(await shownOn(page, slot)).toEqual(shownIn(sent, slot));
  expect(await movesOn(page)).toEqual([]);
  await context.close();
});
