import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { SHOP_FOLDER, seedOfArm } from '../../browser/shop.ts';
import { underTest } from '../../engines/under-test.ts';
import type { Answer, Fault } from './fault.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
/** As the edge would write it; with it the page is personalized before any choice. */
const EDGE = { geo: { country: 'NO' }, time: { hour: 9, season: 'autumn' }, weather: { condition: 'rain' } };

/** The first two slots stand in view, the third below. */
const STYLE = `
  ul { display: grid; grid-template-columns: repeat(4, 1fr); }
  .site-header { height: 80px; overflow: hidden; }
  [data-inkling-slot=hero] { height: 300px; overflow: hidden; }
  [data-inkling-slot=for-today] { height: 500px; overflow: hidden; }`;
const LEFT_OUT = /<img [^>]*>|<svg.*?<\/svg>|<script src="\/shop.js" defer><\/script>/gs;
const HTML = { 'content-type': 'text/html; charset=utf-8' };

export interface ServedFaults {
  /** A page whose `window.result` is the account of every fault, in order. */
  readonly url: string;
  close(): void;
}

/** Gives each fault a server of its own, so that no two share an origin, and the probe another. */
export async function serveFaults(faults: readonly Fault[]): Promise<ServedFaults> {
  const [watch = '', probe = ''] = await Promise.all(['watch-fault.ts', 'fault-probe.ts'].map(bundle));
  const pages = await Promise.all(faults.map((fault) => listen((path) => answerOf(fault, path, watch))));
  const frames = faults.map(({ sandbox = '', address = '/' }, index) => ({
    url: new URL(address, pages[index]?.url),
    sandbox,
  }));
  const outer = await listen((path) => {
    if (path === '/frames.json') return { body: JSON.stringify(frames) };
    if (path === '/probe.js') return { body: probe };
    if (path === '/')
      return { headers: HTML, body: '<!doctype html><body><script src="/probe.js"></script>' };
    return { status: 404 };
  });
  return {
    url: outer.url,
    close() {
      for (const { close } of [outer, ...pages]) close();
    },
  };
}

function answerOf(fault: Fault, path: string, watch: string): Answer {
  if (path === '/watch.js') return { body: watch };
  if (path === '/before.js') return { body: beforeOf(fault) };
  const file = path === '/' ? Buffer.from(pageOf(fault)) : fileAt(path);
  return {
    ...(file ? { body: file } : { status: 404 }),
    ...(path === '/' && { headers: { ...HTML, ...fault.headers } }),
    ...fault.answer?.(path, file),
  };
}

async function listen(answer: (path: string) => Answer): Promise<ServedFaults> {
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://localhost').pathname;
    send(response, path, answer(path));
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

function beforeOf({ choice = 'accepted', before = '' }: Fault): string {
  const fault = typeof before === 'string' ? before : `({ ${before} }).before();`;
  return `(${setUp})(${seedOfArm('personalized')}, ${choice === 'accepted'}); ${fault}`;
}

function send(response: ServerResponse, path: string, answer: Answer): void {
  const { status = 200, headers = {}, body = '', afterMs = 0, cutAt } = answer;
  if (afterMs === Infinity) return;
  const bytes = Buffer.from(body);
  setTimeout(() => {
    response.writeHead(status, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'content-length': bytes.length,
      ...headers,
    });
    if (cutAt === undefined) response.end(bytes);
    else response.write(bytes.subarray(0, bytes.length * cutAt), () => response.destroy());
  }, afterMs);
}

/** The home page of the shop without its pictures, which are most of its cost, and its own script, which is not on trial. */
function pageOf({ html = (page) => page, decides = true }: Fault): string {
  const context = `<script type="application/json" data-inkling-context>${JSON.stringify(EDGE)}</script>`;
  const page = readFileSync(join(SHOP_FOLDER, 'index.html'), 'utf8').replace(LEFT_OUT, '');
  return underTest(html(page)).replace(
    '<head>',
    `<head><script src="/watch.js" data-decides="${decides}"></script><script src="/before.js"></script>${context}`,
  );
}

function fileAt(path: string): Buffer | undefined {
  if (path === '/shop.css') return Buffer.from(STYLE);
  try {
    return readFileSync(join(SHOP_FOLDER, path));
  } catch {
    return undefined;
  }
}

async function bundle(script: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, script)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}

/** Runs in the page: a visitor of the arm that is personalized, who accepted on an earlier page or never chose. */
function setUp(word: number, accepted: boolean): void {
  crypto.getRandomValues = (array) =>
    (array instanceof Uint32Array ? array.fill(word) : array) as typeof array;
  if (!accepted) return;
  const day = Math.floor(Date.now() / 86_400_000);
  const choice = { v: 1, p: 'gggg-', policy: 1, day, by: 'accept-all' };
  try {
    localStorage.setItem('inkling.consent', JSON.stringify(choice));
  } catch {
    // An origin without storage: nobody chose.
  }
}
