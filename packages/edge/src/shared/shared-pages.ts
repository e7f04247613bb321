import type { EdgeCache, EdgePlatform } from '../edge-platform.ts';
import { writePage } from '../html/write-page.ts';
import type { EdgePack } from '../pack/open-edge-pack.ts';
import type { Report } from '../report.ts';
import { decidePage } from '../slots/decide-page.ts';
import { deciderOf } from '../slots/decider-of.ts';
import { within } from '../within.ts';
import { anonymous, sharedSeconds } from './shareable.ts';
import { contextOfKey, keyText, type SharedKey } from './shared-key.ts';

/** A page waits no longer than this for the platform's cache. */
const CACHE_WAIT_MS = 50;
/** A page is not kept longer, whatever its origin says: a later pack or weather is not waited for. */
const MAX_SECONDS = 300;
/** Addresses whose pages are not for sharing. */
const MAX_UNSHARED = 1000;
const UNSHARED_MS = 60_000;

export interface SharedPages {
  /** The page of a key, from the cache or made now; undefined where the page at this address is not for sharing. */
  get(
    request: Request,
    pack: EdgePack,
    key: SharedKey,
    platform: EdgePlatform,
  ): Promise<Response | undefined>;
}

/** Keeps pages in the platform's cache that every visitor of a key gets. A page is made of nothing but its address, the
 * pack and the key. */
export function createSharedPages(
  origin: (request: Request) => Promise<Response>,
  report: Report,
): SharedPages {
  const unshared = new Map<string, number>();

  async function find(
    address: string,
    cache: EdgeCache,
    platform: EdgePlatform,
  ): Promise<Response | undefined> {
    try {
      return await within(cache.match(address), CACHE_WAIT_MS);
    } catch (cause) {
      report('edge_cache', 'A page could not be read from the cache.', platform, cause);
      return undefined;
    }
  }

  async function keep(
    address: string,
    cache: EdgeCache,
    page: Response,
    platform: EdgePlatform,
  ): Promise<void> {
    try {
      await cache.put(address, page);
    } catch (cause) {
      report('edge_cache', 'A page could not be written to the cache.', platform, cause);
    }
  }

  function isUnshared(url: string, now: number): boolean {
    return now < (unshared.get(url) ?? 0);
  }

  function noteUnshared(url: string, now: number): void {
    if (unshared.size >= MAX_UNSHARED) unshared.clear();
    unshared.set(url, now + UNSHARED_MS);
  }

  return {
    async get(request, pack, key, platform) {
      const { cache } = platform;
      const { url } = request;
      const now = platform.now();
      if (!cache || isUnshared(url, now)) return undefined;
      const address = addressOf(url, pack, key);
      const kept = await find(address, cache, platform);
      if (kept) return forVisitor(kept);
      const asked = anonymous(request);
      const response = await origin(asked);
      const seconds = Math.min(sharedSeconds(asked, response), MAX_SECONDS);
      if (seconds === 0) {
        noteUnshared(url, now);
        await response.body?.cancel();
        return undefined;
      }
      const decide = decidePage(pack, {
        context: contextOfKey(key),
        arm: key.arm,
        now,
        seed: keyText(key),
        isShared: true,
      });
      const page = await writePage(asked, response, {
        context: contextOfKey(key),
        arm: key.arm,
        decider: deciderOf(pack, decide, platform, report),
      });
      page.headers.set('cache-control', `public, max-age=${seconds}`);
      platform.waitUntil(keep(address, cache, page.clone(), platform));
      return forVisitor(page);
    },
  };
}

/** Another for every other address, pack and key. */
function addressOf(url: string, { pack }: EdgePack, key: SharedKey): string {
  const parts = [`${pack.id} ${pack.version}`, keyText(key), url].map(encodeURIComponent);
  return `https://inkling.internal/page/1/${parts.join('/')}`;
}

/** Caches on the way to the visitor know the address alone, so they may not keep it. */
function forVisitor(page: Response): Response {
  const given = new Response(page.body, page);
  given.headers.set('cache-control', 'private, no-cache');
  for (const name of ['age', 'cf-cache-status', 'expires']) given.headers.delete(name);
  return given;
}
