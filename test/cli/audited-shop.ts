import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { underTest } from '../engines/under-test.ts';

const SHOP = join(import.meta.dirname, '../../examples/storefront/dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
/** What the edge would have written: without it there is nothing to personalize with before a choice. */
const EDGE = { time: { hour: 9 }, geo: { country: 'NO' } };

export interface ServedShop {
  readonly url: string;
  close(): void;
}

/** What a breach adds to the shop. */
export interface Seed {
  /** Runs in every page before the shop's own scripts. */
  readonly script?: string;
  /** Further files by path, served before those of the shop. */
  readonly files?: Readonly<Record<string, string>>;
  /** A page of its own in the place of every page of the shop. */
  readonly page?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the edge knows. @default an hour, and a country of opt-in */
  readonly edge?: object;
  /** By the query of the page's address, what the edge knows instead, and which script is loaded. */
  readonly places?: Readonly<Record<string, { readonly edge: object; readonly tag: string }>>;
}

/** Serves the built shop on loopback. */
export async function serveShop(seed: Seed = {}): Promise<ServedShop> {
  const breach = seed.script ? `<script>${seed.script}</script>` : '';
  const server = createServer(async ({ url = '/', method }, response) => {
    const { pathname, search } = new URL(url, 'http://localhost');
    const { edge = seed.edge ?? EDGE, tag = '/inkling.js' } = seed.places?.[search.slice(1)] ?? {};
    const context = `<script type="application/json" data-inkling-context>${JSON.stringify(edge)}</script>`;
    const path = pathname === '/' ? '/index.html' : pathname;
    for (const [name, value] of Object.entries(seed.headers ?? {})) response.setHeader(name, value);
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
    const given = seed.files?.[path] ?? (path.endsWith('.html') ? seed.page : undefined);
    const content = given ?? (await readFile(join(SHOP, path)).catch(() => undefined));
    if (method !== 'GET') response.writeHead(204).end();
    else if (content === undefined) response.writeHead(404).end();
    else if (given !== undefined || !path.endsWith('.html')) response.end(content);
    else
      response.end(
        underTest(content.toString())
          .replace('<head>', `<head>${context}${breach}`)
          .replace('"/inkling.js"', `"${tag}"`),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
