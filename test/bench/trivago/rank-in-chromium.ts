import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BuiltPack, Log } from '@inkling/cli';
import { build } from 'esbuild';
import { buildPackages } from '../../../scripts/build.ts';
import { launchChromium } from '../../browser/chromium.ts';
import type { Step } from './rank-in-page.ts';

/** Visitors handed to the page in one call. */
const BATCH = 100;

/** Replays a log in Chromium through the built client. @returns the order of every list, by its id */
export async function rankInChromium(
  log: Log,
  files: BuiltPack['files'],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const script = await bundlePage();
  const server = createServer(({ url = '/' }, response) => {
    const content = files.get(url.replace('/pack/', ''));
    if (url === '/')
      response.setHeader('content-type', 'text/html').end('<!doctype html><script src="/page.js"></script>');
    else if (url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script);
    else if (content) response.end(content);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const failed = new Promise<never>((_, reject) => page.on('pageerror', reject));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const orders = new Map<string, readonly string[]>();
    const visitors = stepsByVisitor(log);
    for (let start = 0; start < visitors.length; start += BATCH) {
      const batch = visitors.slice(start, start + BATCH);
      const ranked = page.evaluate((steps) => window.rankVisitors(steps), batch);
      for (const [id, order] of Object.entries(await Promise.race([ranked, failed]))) orders.set(id, order);
    }
    return orders;
  } finally {
    await browser.close();
    server.close();
  }
}

function stepsByVisitor(log: Log): readonly (readonly Step[])[] {
  const visitors = new Map<string, Step[]>();
  for (const entry of log) {
    const steps = visitors.get(entry.visitor) ?? [];
    visitors.set(entry.visitor, steps);
    if (entry.kind === 'event') steps.push({ kind: 'event', at: entry.at, item: entry.item });
    else {
      const chosen = entry.items.filter((_, index) => entry.labels[index]).map(({ id }) => id);
      steps.push({
        kind: 'list',
        at: entry.at,
        id: entry.id,
        context: entry.context,
        items: entry.items,
        chosen,
      });
    }
  }
  return [...visitors.values()];
}

/** Without the source condition `@inkling/client` is what it is to a user: the built dist/. */
async function bundlePage(): Promise<string> {
  if (!(await buildPackages(['core', 'onnx', 'client']))) throw new Error('The client could not be built.');
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'rank-in-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
