import { type InklingWorker, inkling, openMeteo } from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: { fetch(request: Request): Promise<Response> };
  readonly WEATHER: string;
}

export const worker: InklingWorker<Env> = inkling((env: Env) => ({
  weather: openMeteo({ host: env.WEATHER, timeoutMs: 500, negativeTtlMs: 60_000 }),
}));
