import type { BrowserContext, Page } from 'playwright-core';

/** What one visit cost. Milliseconds, but for the shifts and the bytes. */
export interface PageCost {
  readonly lcp: number;
  readonly cls: number;
  /** The longest task of the main thread; 0 if none was over 50 ms. */
  readonly longest: number;
  /** The slowest of the interactions. */
  readonly inp: number;
  /** Of bodies, as they came over the wire; those from the cache are none. */
  readonly bytes: number;
  /** From navigation to the first change of the grid; undefined if it stays as authored. */
  readonly personalized?: number;
}

declare global {
  interface Window {
    cost: { lcp: number; cls: number; longest: number; inp: number; personalized?: number };
  }
}

/** Before the page's first script: notes what the browser tells of it. */
export async function watchCost(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const cost: Window['cost'] = { lcp: 0, cls: 0, longest: 0, inp: 0 };
    window.cost = cost;
    const watch = (type: string, note: (entry: PerformanceEntry) => void, more: object = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
        type,
        buffered: true,
        ...more,
      });
    watch('largest-contentful-paint', ({ startTime }) => {
      cost.lcp = startTime;
    });
    watch('layout-shift', (entry) => {
      const { value, hadRecentInput } = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      };
      if (!hadRecentInput) cost.cls += value;
    });
    watch('longtask', ({ duration }) => {
      cost.longest = Math.max(cost.longest, duration);
    });
    const interaction = ({ duration }: PerformanceEntry) => {
      cost.inp = Math.max(cost.inp, duration);
    };
    watch('event', interaction, { durationThreshold: 16 });
    document.addEventListener('DOMContentLoaded', () => {
      const grid = document.querySelector('[data-inkling-slot="grid"]');
      if (!grid) return;
      new MutationObserver(() => {
        cost.personalized ??= performance.now();
      }).observe(grid, { childList: true });
    });
  });
}

/** Loads the page, waits until it rests, and does what a visitor does first. */
export async function measureVisit(page: Page, url: string): Promise<PageCost> {
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(2500);
  await page.locator('#search').click();
  await page.keyboard.type('tent');
  await page.locator('.cart-button').click();
  await page.waitForTimeout(300);
  return page.evaluate(() => {
    const entries = [
      ...performance.getEntriesByType('navigation'),
      ...performance.getEntriesByType('resource'),
    ];
    const bytes = entries.reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0);
    return { ...window.cost, bytes };
  });
}

/** Heap bytes that are left of a thousand decisions, after a thousand others; collected before each look. */
export async function measureMemory(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const decide = () =>
    page.evaluate(async () => {
      const children = document.querySelectorAll<HTMLElement>(
        '[data-inkling-slot="grid"] > [data-inkling-item]',
      );
      const items = [...children].map(({ dataset }) => ({ id: dataset.inklingItem ?? '' }));
      for (let run = 0; run < 1000; run++) await window.inkling?.rank('grid', { items, k: 12 });
    });
  const used = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  await decide();
  const before = await used();
  await decide();
  return (await used()) - before;
}
