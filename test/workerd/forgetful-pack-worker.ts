import { type InklingWorker, inkling } from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: { fetch(request: Request): Promise<Response> };
}

/** Every request meets a new isolate's memory: what is known comes from the pack as it is now. */
export const worker: InklingWorker<Env> = {
  fetch: (request, env, context) => inkling<Env>({ pack: { waitMs: 10_000 } }).fetch(request, env, context),
};
