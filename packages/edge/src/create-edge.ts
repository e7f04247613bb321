import { type Arm, type ContextPatch, type Diagnostic, InklingError } from '@inkling/core';
import { armCookie, readArm } from './arm-cookie.ts';
import type { Collector } from './collector/collector.ts';
import { edgeContext } from './edge-context.ts';
import type { EdgePlatform } from './edge-platform.ts';
import { gpcSupport, sendsGpc } from './global-privacy-control.ts';
import { gridCell } from './grid-cell.ts';
import { healthOf, type Refusal } from './health.ts';
import { isWritable, writePage } from './html/write-page.ts';
import { isCrawler } from './is-crawler.ts';
import { createLocalTime } from './local-time.ts';
import type { EdgePack } from './pack/open-edge-pack.ts';
import { createPackFiles } from './pack/pack-files.ts';
import { createPackStore, type PackOptions } from './pack/pack-store.ts';
import { type Release, UNRELEASED } from './release/release.ts';
import { createReleaseStore } from './release/release-store.ts';
import type { Report } from './report.ts';
import { addTiming } from './server-timing.ts';
import { mayShare } from './shared/shareable.ts';
import { sharedKey } from './shared/shared-key.ts';
import { createSharedPages } from './shared/shared-pages.ts';
import { decidePage } from './slots/decide-page.ts';
import { deciderOf } from './slots/decider-of.ts';
import type { WeatherProvider } from './weather-provider.ts';
import { createWeatherStore } from './weather-store.ts';

export interface EdgeOptions {
  /** Answers the request as if Inkling were not there. Its rejection is passed on. */
  readonly origin: (request: Request) => Promise<Response>;
  /** @default no weather, and no request leaves */
  readonly weather?: WeatherProvider | undefined;
  /** What the slots with `decide: 'edge'` are decided by. @default the client decides them */
  readonly pack?: PackOptions | undefined;
  /** Whether a visitor may get another page from the origin than everybody else, such as one who is logged in: they never
   * get a page that is kept for many. @default whoever sends a cookie */
  readonly isPersonal?: ((request: Request) => boolean) | undefined;
  /** Whether the visitor has granted `measurement`, as a cookie of the site's tells. Then the arm is drawn once and kept in
   * the cookie `inkling_arm` until it is withdrawn. Not asked where the browser sends Global Privacy Control.
   * @default nobody has: the arm is drawn for each page, and nothing is kept */
  readonly mayMeasure?: ((request: Request) => boolean) | undefined;
  /** Says under `/.well-known/gpc.json` that Global Privacy Control is honoured: the day on which that statement last
   * changed, as `YYYY-MM-DD`. @default the origin answers */
  readonly gpcSince?: string | undefined;
  /** Says in each page's `Server-Timing` how long it took. Whoever asks can tell from it what others have asked for
   * shortly before: for a site's own tests. @default false */
  readonly serverTiming?: boolean | undefined;
  /** Takes what visitors add to totals. @default the origin answers */
  readonly collector?: Collector | undefined;
  /** Learns what went otherwise than planned. Never given coordinates. */
  readonly onDiagnostic?: ((diagnostic: Diagnostic) => void) | undefined;
}

export type Edge = (request: Request, platform: EdgePlatform) => Promise<Response>;

/** What is known of a request before its page is. */
interface Prepared {
  readonly context: ContextPatch;
  readonly pack: EdgePack | undefined;
  readonly arm: Arm;
  /** A `Set-Cookie` where the browser should keep another arm than it does, or none. */
  readonly cookie: string | undefined;
}

const MINUTE_MS = 60_000;
const CONTEXT_PATH = '/inkling/context';
const HEALTH_PATH = '/inkling/health';
const GPC_PATH = '/.well-known/gpc.json';

/**
 * Serves the origin's pages with what the edge knows about the moment (coarse place, weather, local time) added to
 * their head, and the same as JSON under `/inkling/context`. Pages stream through and never wait for the weather;
 * whatever fails in here, the origin's response stands. Stores weather by 0.25° cell and nothing about a visitor.
 *
 * The visitor's `Sec-GPC` header goes to the origin as it came, and into the page, where the script reads it.
 *
 * @throws {InklingError} `E_OPTIONS` without an origin, or for a day that is none.
 */
export function createEdge(options: EdgeOptions): Edge {
  if (typeof options.origin !== 'function') {
    throw new InklingError(
      'E_OPTIONS',
      `createEdge: origin should be a function, found ${typeof options.origin}`,
    );
  }
  if (options.gpcSince && !/^\d{4}-\d\d-\d\d$/.test(options.gpcSince)) {
    throw new InklingError(
      'E_OPTIONS',
      `createEdge: gpcSince should be YYYY-MM-DD, found ${options.gpcSince}`,
    );
  }
  let refusal: Refusal | undefined;
  const report: Report = (code, message, platform, cause) => {
    if (code.endsWith('_refused')) refusal = { code: codeOf(cause) ?? code, at: platform.now() };
    try {
      options.onDiagnostic?.({ code, stage: 'edge', message, at: platform.now(), cause });
    } catch {
      // The listener's own failure must not cost the visitor the page.
    }
  };
  const localTime = createLocalTime();
  const weather = options.weather && createWeatherStore(options.weather, report);
  const { isPersonal = ({ headers }) => headers.has('cookie') } = options;
  const sharedPages = createSharedPages(options.origin, report);
  const packs = options.pack && createPackStore(options.pack, options.origin, report);
  const files = options.pack && createPackFiles(options.pack, options.origin, report);
  const releases = createReleaseStore(report);

  async function gather(
    { headers }: Request,
    platform: EdgePlatform,
    mode: 'cached' | 'current',
  ): Promise<ContextPatch> {
    try {
      const geo = platform.geo ?? {};
      const cell = gridCell(geo.latitude, geo.longitude);
      const found = cell && (await weather?.[mode](cell, platform));
      return edgeContext(geo, headers, { now: platform.now(), cell, weather: found, localTime });
    } catch (cause) {
      report('edge_context', 'The context could not be gathered.', platform, cause);
      return {};
    }
  }

  /** What the page needs beside the origin's answer. Never rejects. */
  async function prepare(request: Request, platform: EdgePlatform, release: Release): Promise<Prepared> {
    const isCanary = release.share > 0 && platform.random() < release.share;
    const [context, pack] = await Promise.all([
      gather(request, platform, 'cached'),
      packs?.current(request.url, platform, release, isCanary),
    ]);
    return { context, pack, ...armOf(request, pack, platform) };
  }

  /** Of the slots that the edge decides: where it decides none, the client draws the arm. */
  function armOf(
    request: Request,
    pack: EdgePack | undefined,
    platform: EdgePlatform,
  ): Pick<Prepared, 'arm' | 'cookie'> {
    const kept = readArm(request);
    const drawn = platform.random() < (pack?.pack.experiment.holdout ?? 0) ? 'holdout' : 'personalized';
    try {
      if (sendsGpc(request) || !options.mayMeasure?.(request)) {
        return { arm: drawn, cookie: kept && armCookie(request, undefined) };
      }
      const isNew = !kept && pack && pack.slots.size > 0;
      return { arm: kept ?? drawn, cookie: isNew ? armCookie(request, drawn) : undefined };
    } catch (cause) {
      report('edge_arm', 'Nobody knows whether the arm may be kept.', platform, cause);
      return { arm: drawn, cookie: undefined };
    }
  }

  /** The page that every visitor of this one's key gets; undefined where it is not for sharing. */
  async function share(
    request: Request,
    { context, pack, arm, cookie }: Prepared,
    platform: EdgePlatform,
  ): Promise<Response | undefined> {
    try {
      const spec = pack?.pack.shared;
      if (!spec || cookie || !mayShare(request) || sendsGpc(request) || isPersonal(request)) return undefined;
      return await sharedPages.get(request, pack, sharedKey(spec, context, arm), platform);
    } catch (cause) {
      report('edge_shared', 'The page is made for this visitor alone.', platform, cause);
      return undefined;
    }
  }

  /** The origin's page with what is this visitor's alone. */
  async function write(
    request: Request,
    response: Response,
    { context, pack, arm, cookie }: Prepared,
    platform: EdgePlatform,
  ): Promise<Response> {
    if (Object.keys(context).length === 0 && !sendsGpc(request) && !cookie) return response;
    const now = platform.now();
    // Two visitors of one moment get the same page, names of its decisions included.
    const moment = { context, arm, now, seed: String(Math.floor(now / MINUTE_MS)) };
    const decider = pack && deciderOf(pack, decidePage(pack, moment), platform, report);
    const page = await writePage(request, response, { context, arm, decider });
    if (cookie) page.headers.append('set-cookie', cookie);
    return page;
  }

  async function health(request: Request, platform: EdgePlatform, release: Release): Promise<Response> {
    const pack = release.off ? undefined : await packs?.current(request.url, platform, release, false);
    const now = platform.now();
    return healthOf({ off: release.off, pack, refusal, weather: weather?.state(now) }, now);
  }

  /** What is Inkling's own; undefined for all else. */
  async function answerOwn(
    request: Request,
    url: URL,
    platform: EdgePlatform,
    release: Release,
  ): Promise<Response | undefined> {
    const path = url.pathname;
    if (request.method === 'GET' && path === HEALTH_PATH) return health(request, platform, release);
    if (release.off) return undefined;
    const collected = await options.collector?.(request, platform, report);
    if (collected) return collected;
    if (options.gpcSince && request.method === 'GET' && path === GPC_PATH)
      return gpcSupport(options.gpcSince);
    if (request.method === 'GET' && path === CONTEXT_PATH) {
      const headers = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' };
      return Response.json(await gather(request, platform, 'current'), { headers });
    }
    return files?.serve(request, url, platform, release);
  }

  return async (request, platform) => {
    const began = platform.now();
    const url = new URL(request.url);
    const release = platform.store ? await releases.current(platform) : UNRELEASED;
    const own = await answerOwn(request, url, platform, release);
    if (own) return own;
    if (release.off || url.searchParams.get('inkling') === 'off' || isCrawler(request.headers)) {
      return options.origin(request);
    }
    // Begun beside the origin's work when a page is likely, so that the cache costs no time of its own.
    const likely = request.headers.get('accept')?.includes('text/html');
    const early = likely ? prepare(request, platform, release) : undefined;
    const shared = packs && early && (await share(request, await early, platform));
    if (shared && options.serverTiming) addTiming(shared, 'shared', began, undefined, platform);
    if (shared) return shared;
    const asked = platform.now();
    const response = await options.origin(request);
    const originMs = platform.now() - asked;
    try {
      if (!isWritable(request, response)) return response;
      const prepared = await (early ?? prepare(request, platform, release));
      const page = await write(request, response, prepared, platform);
      if (options.serverTiming && page !== response) addTiming(page, 'own', began, originMs, platform);
      return page;
    } catch (cause) {
      report('edge_insert', 'The page goes out without its context.', platform, cause);
      return response;
    }
  };
}

function codeOf(cause: unknown): string | undefined {
  const { code }: { readonly code?: unknown } = Object(cause);
  return typeof code === 'string' ? code : undefined;
}
