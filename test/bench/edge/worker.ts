import { type InklingWorker, inkling } from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: { fetch(request: Request): Promise<Response> };
}

interface Rewriter {
  on(selector: string, handlers: { element(): void }): Rewriter;
  transform(response: Response): Response;
}

declare const HTMLRewriter: { new (): Rewriter };

let page: Promise<Uint8Array<ArrayBuffer>> | undefined;

/** The page is in memory, so that only what is done to it differs. */
async function origin(request: Request, env: Env): Promise<Response> {
  if (new URL(request.url).pathname.startsWith('/inkling/')) return env.ASSETS.fetch(request);
  page ??= env.ASSETS.fetch(request).then(async (response) => new Uint8Array(await response.arrayBuffer()));
  return new Response(await page, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

const edge: InklingWorker<Env> = inkling((env: Env) => ({
  origin: (request) => origin(request, env),
  pack: { waitMs: 10_000 },
}));

/** The same page as it is, through one handler that does nothing, and with its slots decided. */
export const worker: InklingWorker<Env> = {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === '/edge') return edge.fetch(request, env, context);
    const response = await origin(request, env);
    if (pathname === '/raw') return response;
    return new HTMLRewriter().on('head', { element: () => undefined }).transform(response);
  },
};
