/// <reference lib="dom" />
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { FlowRecord } from './flow-record.ts';
import { type KeptText, listKept } from './list-kept.ts';
import type { Breach, Observation } from './observation.ts';
import type { SiteFile } from './site-file.ts';
import { watchContext, watchTab } from './watch-context.ts';
import { watchWorkers } from './watch-workers.ts';

export interface VisitorOptions {
  readonly browser: Browser;
  readonly url: string;
  readonly site: SiteFile;
  /** A page counts as at rest after this long without anything new. */
  readonly quietMs: number;
  readonly pictures: boolean;
  /** What the browser says: the property and the header, or the header alone. */
  readonly gpc?: 'both' | 'header' | undefined;
}

/** A visitor with nothing stored, every act of the site noted: what a flow is made of. */
export interface Visitor {
  readonly context: BrowserContext;
  /** The first tab. */
  readonly page: Page;
  readonly site: SiteFile;
  control(name: keyof SiteFile['controls'], page?: Page): Locator;
  openTab(): Promise<Page>;
  /** Loads the audited page anew. */
  load(page?: Page): Promise<void>;
  /** Acts, waits for rest, then notes what is kept; all of it is judged by what is granted from now on.
   * @returns what is kept */
  step(name: string, granted: readonly string[], act: () => Promise<unknown>): Promise<readonly KeptText[]>;
  expect(condition: boolean, breach: Pick<Breach, 'code' | 'must' | 'message'>, evidence: string): void;
  evidence(must: number, says: string): void;
  /** There is nothing here that an item could bear on. */
  absent(must: number, says: string): void;
  /** Runs somebody else's visit beside this one, into the same record. */
  another<T>(run: (visitor: Visitor) => Promise<T>): Promise<T>;
}

const MAX_REST_MS = 10_000;
const CONTROL_MS = 15_000;
const LOAD_MS = 30_000;
/** By the clock: a page behind another draws no frames. */
const POLLED = { polling: 50, timeout: LOAD_MS };
/** Requests that nobody waits for the end of. */
const ENDLESS = ['eventsource', 'websocket', 'ping'];
const VIEWPORT = { width: 1280, height: 800 };

export async function visit<T>(
  options: VisitorOptions,
  record: FlowRecord,
  run: (visitor: Visitor) => Promise<T>,
): Promise<T> {
  const { browser, url, site, quietMs, pictures, gpc } = options;
  const context = await browser.newContext({
    viewport: VIEWPORT,
    ...(gpc && { extraHTTPHeaders: { 'Sec-GPC': '1' } }),
  });
  context.setDefaultTimeout(CONTROL_MS);
  context.setDefaultNavigationTimeout(LOAD_MS);
  const pages: Page[] = [];
  /** Looking at what is kept opens it; that is none of the page's doing. */
  let isLooking = false;
  const note: Parameters<typeof watchContext>[1] = (seen, page) => {
    if (isLooking && seen.kind === 'store') return;
    record.note(seen, page ? Math.max(0, pages.indexOf(page)) : 0);
  };
  await watchContext(context, note);
  const prologue = gpc === 'both' ? `(${sayGpc})()` : '';
  await context.addInitScript(prologue);
  const stops: (() => Promise<void>)[] = [];

  /** Requests by their address, and workers that are not watched yet. */
  const underWay = new Map<object, string>();
  const endless = new Set<string>();
  context.on('request', (request) => {
    if (!ENDLESS.includes(request.resourceType()) && !endless.has(request.url()))
      underWay.set(request, request.url());
  });
  function onShared(address: string): void {
    endless.add(address);
    for (const [request, url] of underWay) if (url === address) underWay.delete(request);
  }
  context.on('requestfinished', (request) => underWay.delete(request));
  context.on('requestfailed', (request) => underWay.delete(request));

  async function openTab(): Promise<Page> {
    const page = await context.newPage();
    pages.push(page);
    await watchTab(page, note);
    const noteHere = (seen: Observation) => note(seen, page);
    stops.push(await watchWorkers({ browser, page, prologue, onShared, underWay, note: noteHere }));
    return page;
  }

  /** Loaded, nothing under way, nothing to do, and nothing new for a while: a slow machine only takes longer. */
  async function rest(): Promise<void> {
    const until = performance.now() + MAX_REST_MS;
    // A page that comes back from the back/forward cache is loaded, and fires no event that says so.
    for (const page of pages) await page.waitForFunction(isLoaded, null, POLLED).catch(() => undefined);
    let quietSince = performance.now();
    while (performance.now() - Math.max(quietSince, record.lastSeen) < quietMs && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      await pages
        .at(-1)
        ?.evaluate(waitUntilIdle)
        .catch(() => undefined);
      if (underWay.size > 0) quietSince = performance.now();
    }
  }

  try {
    const page = await openTab();
    return await run({
      context,
      page,
      site,
      control: (control, from = page) => from.locator(site.controls[control]),
      openTab,
      load: async (from = page) => void (await from.goto(url)),
      evidence: (must, says) => record.evidence({ must, says }),
      absent: (must, says) => record.evidence({ must, says, isAbsence: true }),
      expect(condition, breach, evidence) {
        if (condition) record.evidence({ must: breach.must, says: evidence });
        else record.breach(breach);
      },
      async step(name, granted, act) {
        record.begin(name, granted);
        await act();
        await rest();
        isLooking = true;
        const kept = await listKept(page);
        isLooking = false;
        record.end(kept, pictures ? await pictureOf(page) : '');
        return kept;
      },
      another: (other) => visit(options, record, other),
    });
  } finally {
    for (const stop of stops) await stop();
    await context.close();
  }
}

async function pictureOf(page: Page): Promise<string> {
  return (await page.screenshot({ type: 'jpeg', quality: 45, scale: 'css' })).toString('base64');
}

/** In a page or a worker. */
function sayGpc(): void {
  const property = { get: () => true, configurable: true };
  Object.defineProperty(Object.getPrototypeOf(navigator), 'globalPrivacyControl', property);
}

function isLoaded(): boolean {
  return document.readyState === 'complete';
}

function waitUntilIdle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 500 }));
}
