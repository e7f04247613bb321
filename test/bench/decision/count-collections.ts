import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly args: { readonly usedHeapSizeBefore?: number; readonly usedHeapSizeAfter?: number };
}

/** What running something costs the garbage collector: its collections on the way, and the bytes of the heap that were
 * allocated, those collected on the way included. The contents of typed arrays lie outside of the heap. */
export async function countCollections(
  page: Page,
  run: () => Promise<unknown>,
): Promise<{ readonly collections: number; readonly bytes: number }> {
  const cdp = await page.context().newCDPSession(page);
  try {
    await cdp.send('HeapProfiler.enable');
    await cdp.send('HeapProfiler.collectGarbage');
    const used = async () => (await cdp.send('Runtime.getHeapUsage')).usedSize;
    const before = await used();
    await page
      .context()
      .browser()
      ?.startTracing(page, { categories: ['devtools.timeline', 'v8'] });
    await run();
    const after = await used();
    const trace = await page.context().browser()?.stopTracing();
    const { traceEvents } = JSON.parse(String(trace)) as { readonly traceEvents: readonly TraceEvent[] };
    const collections = traceEvents.filter(({ name }) => /^(Minor|Major)GC$/.test(name));
    const freed = collections.reduce(
      (sum, { args }) => sum + (args.usedHeapSizeBefore ?? 0) - (args.usedHeapSizeAfter ?? 0),
      0,
    );
    return { collections: collections.length, bytes: after - before + freed };
  } finally {
    await cdp.detach();
  }
}
