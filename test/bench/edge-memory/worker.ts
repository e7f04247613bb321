import { type InklingWorker, inkling } from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: { fetch(request: Request): Promise<Response> };
}

const SKIES = ['clear', 'cloud', 'fog', 'rain', 'snow', 'storm'] as const;
const COUNTRIES = ['DE', 'AT', 'NO', 'SE', 'BR', 'US', 'JP', 'T1'];
const ZONES = ['Europe/Berlin', 'Asia/Tokyo', 'America/Lima', 'Australia/Perth', 'nowhere'];

let page: Promise<Uint8Array<ArrayBuffer>> | undefined;

async function origin(request: Request, env: Env): Promise<Response> {
  if (new URL(request.url).pathname.startsWith('/inkling/')) return env.ASSETS.fetch(request);
  page ??= env.ASSETS.fetch(request).then(async (response) => new Uint8Array(await response.arrayBuffer()));
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'max-age=60' };
  return new Response(await page, { headers });
}

const edge: InklingWorker<Env> = inkling((env: Env) => ({
  origin: (request) => origin(request, env),
  pack: { waitMs: 10_000 },
  weather: {
    ...{ id: 'drawn', timeoutMs: 1000, ttlMs: 60_000, staleMs: 120_000, negativeTtlMs: 1000 },
    // One cell in ten has none.
    read: async ({ latitude }) => {
      const draw = Math.abs(Math.round(latitude * 4));
      if (draw % 10 === 0) throw new Error('no weather');
      return { condition: SKIES[draw % SKIES.length] ?? 'fog' };
    },
  },
  isPersonal: ({ headers }) => headers.has('cookie'),
}));

/** Without what asks a cache, which miniflare plays in the same process. */
const plain: InklingWorker<Env> = inkling((env: Env) => ({
  origin: (request) => origin(request, env),
  pack: { waitMs: 10_000 },
  isPersonal: () => true,
}));

/** Each request is another visitor's, from another place, drawn from the number in its address; `/raw` passes through, and
 * `/plain` has its slots decided without a place. */
export const worker: InklingWorker<Env> = {
  async fetch(request, env, context) {
    const url = new URL(request.url);
    if (url.pathname === '/raw') return origin(request, env);
    if (url.pathname === '/plain') return plain.fetch(request, env, context);
    const visitor = Number(url.searchParams.get('visitor')) || 0;
    const draw = Math.imul(visitor + 1, 2654435761) >>> 0;
    // As many pages and cells as fit into the cache that miniflare plays; of the cells twice as many as an isolate keeps.
    url.search = `?page=${draw % 20}`;
    const cf = {
      country: COUNTRIES[draw % COUNTRIES.length],
      latitude: String(((draw >>> 4) % 500) / 4 - 60),
      longitude: String((draw >>> 15) % 2),
      timezone: ZONES[draw % ZONES.length],
    };
    // One page in twenty is one that many visitors get: the others send a cookie.
    const headers = new Headers(request.headers);
    if (draw % 20 > 0) headers.set('cookie', `visitor=${visitor}`);
    const init: RequestInit & { readonly cf: object } = { headers, cf };
    return edge.fetch(new Request(url, init), env, context);
  },
};
