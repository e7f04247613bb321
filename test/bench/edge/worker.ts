import { createEdge, type EdgeCache, type EdgeOptions, type EdgePlatform } from '@inkling/edge';
import { type InklingWorker, inkling, type WorkerContext } from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: { fetch(request: Request): Promise<Response> };
}

interface Rewriter {
  on(selector: string, handlers: { element(): void }): Rewriter;
  transform(response: Response): Response;
}

declare const HTMLRewriter: { new (): Rewriter };
/** A stream whose bytes no JavaScript touches. */
declare const IdentityTransformStream: {
  new (): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>;
};

const HEADERS = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'max-age=300' };
const PIECE_BYTES = 8192;

let page: Promise<Uint8Array<ArrayBuffer>> | undefined;

/** The page is in memory, so that only what is done to it differs; where `pieces` stands in its address, it comes in some. */
async function origin({ url }: Request, env: Env): Promise<Response> {
  const { pathname, searchParams } = new URL(url);
  if (pathname.startsWith('/inkling/')) return env.ASSETS.fetch(new Request(url));
  page ??= env.ASSETS.fetch(new Request(url)).then(
    async (found) => new Uint8Array(await found.arrayBuffer()),
  );
  const bytes = await page;
  if (!searchParams.has('pieces')) return new Response(bytes, { headers: HEADERS });
  const { readable, writable } = new IdentityTransformStream();
  void writePieces(bytes, writable.getWriter());
  return new Response(readable, { headers: HEADERS });
}

async function writePieces(
  bytes: Uint8Array<ArrayBuffer>,
  writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    await writer.write(bytes.subarray(at, at + PIECE_BYTES));
  }
  await writer.close();
}

const optionsOf = (env: Env): EdgeOptions => ({
  origin: (request) => origin(request, env),
  pack: { waitMs: 10_000 },
});

/** Each page is one visitor's, as `inkling` makes them. */
const own: InklingWorker<Env> = inkling((env: Env) => ({ ...optionsOf(env), isPersonal: () => true }));

/** The platform's cache is played by the bench's own process, which would be what is measured. */
function memoryCache(): EdgeCache {
  const kept = new Map<string, { readonly bytes: ArrayBuffer; readonly response: Response }>();
  return {
    async match(key) {
      const found = kept.get(key);
      return found && new Response(found.bytes, found.response);
    },
    async put(key, response) {
      kept.set(key, { bytes: await response.arrayBuffer(), response });
    },
  };
}

let made: { readonly shared: Handler; readonly moments: Handler } | undefined;
let visitor = 0;

type Handler = (request: Request, context: WorkerContext) => Promise<Response>;

function handlersOf(env: Env): { readonly shared: Handler; readonly moments: Handler } {
  const share = createEdge(optionsOf(env));
  const alone = createEdge({ ...optionsOf(env), isPersonal: () => true });
  const cache = memoryCache();
  const platformOf = (context: WorkerContext, latitude: number, own: Pick<EdgePlatform, 'cache'>) => ({
    geo: { country: 'DE', timezone: 'Europe/Berlin', latitude: `${latitude}`, longitude: '13.4' },
    waitUntil: (promise: Promise<unknown>) => context.waitUntil(promise),
    now: Date.now,
    random: Math.random,
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    ...own,
  });
  return {
    shared: (request, context) => share(request, platformOf(context, 52.5, { cache })),
    // Each from another cell of 0.25 degrees than the last thousands: nothing decided before can be shown again.
    moments: (request, context) => {
      visitor++;
      const own = platformOf(context, ((visitor % 700) - 350) / 4, {});
      const longitude = String(((Math.floor(visitor / 700) % 1400) - 700) / 4);
      return alone(request, { ...own, geo: { ...own.geo, longitude } });
    },
  };
}

/** The same page as it is, through one handler that does nothing, and with its slots decided: for a visitor of a moment
 * that many share, for one of a moment of their own, and for the many who get a shared page. */
export const worker: InklingWorker<Env> = {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === '/edge') return own.fetch(request, env, context);
    made ??= handlersOf(env);
    if (pathname === '/moments') return made.moments(request, context);
    if (pathname === '/shared') return made.shared(request, context);
    const response = await origin(request, env);
    if (pathname === '/raw') return response;
    return new HTMLRewriter().on('head', { element: () => undefined }).transform(response);
  },
};
