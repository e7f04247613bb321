import { type InklingWorker, inkling, openMeteo } from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: { fetch(request: Request): Promise<Response> };
  readonly WEATHER: string;
}

/** The pack is the site's own, in the folder where it stands by default. */
export const worker: InklingWorker<Env> = inkling((env: Env) => ({
  weather: openMeteo({ host: env.WEATHER }),
  pack: { waitMs: 10_000 },
}));
