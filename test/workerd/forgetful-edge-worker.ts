import { type InklingWorker, inkling, openMeteo } from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: { fetch(request: Request): Promise<Response> };
  readonly WEATHER: string;
}

/** Every request meets a new isolate's memory, and leaves no work behind: what is known comes from the platform's cache. */
export const worker: InklingWorker<Env> = {
  async fetch(request, env) {
    const work: Promise<unknown>[] = [];
    const edge = inkling<Env>({ weather: openMeteo({ host: env.WEATHER }) });
    const response = await edge.fetch(request, env, { waitUntil: (promise) => work.push(promise) });
    for (const promise of work) await promise;
    return response;
  },
};
