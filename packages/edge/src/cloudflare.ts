import { InklingError } from '@inkling/core';
import { createEdge, type Edge, type EdgeOptions } from './create-edge.ts';
import type { EdgeCache, EdgeGeo, EdgeStore } from './edge-platform.ts';

export { type FileNamespace, readKv } from './cloudflare/read-kv.ts';
export { type FileBucket, readR2 } from './cloudflare/read-r2.ts';
export type { AggregatorNamespace } from './collector/call-aggregator.ts';
export { type Collector, type CollectorOptions, collector } from './collector/collector.ts';
export { InklingAggregator } from './collector/inkling-aggregator.ts';
export { jsonLog } from './json-log.ts';
export { type OpenMeteoOptions, openMeteo } from './open-meteo.ts';
export type { PackOptions } from './pack/pack-store.ts';

/** What is used of a service binding, such as that of static assets. */
export interface AssetsBinding {
  fetch(request: Request): Promise<Response>;
}

export interface CloudflareOptions extends Omit<EdgeOptions, 'origin'> {
  /** Answers the request as if Inkling were not there.
   * @default the binding `ASSETS` */
  readonly origin?: EdgeOptions['origin'] | undefined;
  /** Holds the release record, `release`. @default none */
  readonly store?: ReleaseNamespace | undefined;
}

/** What is used of a Workers KV namespace that has the release record. */
export interface ReleaseNamespace {
  get(key: string, options: { readonly cacheTtl: number }): Promise<string | null>;
}

/** What is used of a Worker's execution context. */
export interface WorkerContext {
  waitUntil(promise: Promise<unknown>): void;
  passThroughOnException?(): void;
}

export interface InklingWorker<Env> {
  fetch(request: Request, env: Env, context: WorkerContext): Promise<Response>;
}

/** What is used of `request.cf`; other fields, such as city and postal code, are never read. */
interface CloudflareGeo extends Omit<EdgeGeo, 'region'> {
  readonly regionCode?: string;
}

/**
 * A Cloudflare Worker that serves the origin's pages with coarse place, weather and local time in their head; see
 * `createEdge`. Place and time zone come from `request.cf`.
 *
 * @param options The options, or a function that makes them from the Worker's environment: secrets live there.
 * @throws {InklingError} `E_OPTIONS`, on the first request, with neither an origin nor a binding `ASSETS`.
 */
export function inkling<Env extends object>(
  options: CloudflareOptions | ((env: Env) => CloudflareOptions),
): InklingWorker<Env> {
  let made: { readonly env: Env; readonly edge: Edge; readonly store: EdgeStore | undefined } | undefined;

  const madeFor = (env: Env) => {
    if (made?.env !== env) {
      const { store, ...rest } = typeof options === 'function' ? options(env) : options;
      made = {
        env,
        store: store && storeOf(store),
        edge: createEdge({ ...rest, origin: rest.origin ?? assetsOf(env) }),
      };
    }
    return made;
  };

  return {
    fetch(request, env, context) {
      // A Worker on a route of a site: whatever is thrown here, the server behind it answers.
      context.passThroughOnException?.();
      const { edge, store } = madeFor(env);
      return edge(request, {
        geo: geoOf(request),
        address: request.headers.get('cf-connecting-ip') ?? undefined,
        cache: defaultCache(),
        store,
        waitUntil: (promise) => context.waitUntil(promise),
        now: Date.now,
        random: Math.random,
        fetch: (url, init) => fetch(url, init),
      });
    },
  };
}

function assetsOf(env: object): (request: Request) => Promise<Response> {
  // The environment is whatever the Worker's configuration binds; what is found is checked before it is used.
  const { ASSETS } = env as { readonly ASSETS?: AssetsBinding };
  if (typeof ASSETS?.fetch === 'function') return (request) => ASSETS.fetch(request);
  throw new InklingError(
    'E_OPTIONS',
    'inkling: expected the option origin or a binding ASSETS, found neither',
  );
}

/** The least that KV lets its caches keep a value: a record takes so many seconds to be known everywhere. */
const CACHE_SECONDS = 30;

function storeOf(namespace: ReleaseNamespace): EdgeStore {
  return { get: (key) => namespace.get(key, { cacheTtl: CACHE_SECONDS }) };
}

function geoOf(request: Request): EdgeGeo {
  // Cloudflare adds `cf` to the standard Request. It is absent elsewhere, and so may be each of its fields.
  const { cf = {} } = request as { readonly cf?: CloudflareGeo };
  const { country, regionCode: region, latitude, longitude, timezone, continent } = cf;
  return { country, region, latitude, longitude, timezone, continent };
}

function defaultCache(): EdgeCache | undefined {
  // Cloudflare adds `default` to the standard CacheStorage.
  return (globalThis as { readonly caches?: { readonly default?: EdgeCache } }).caches?.default;
}
