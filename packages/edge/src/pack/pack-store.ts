import { refuse } from '@inkling/core';
import type { EdgePlatform } from '../edge-platform.ts';
import type { Report } from '../report.ts';
import { within } from '../within.ts';
import { type EdgePack, openEdgePack } from './open-edge-pack.ts';

export interface PackOptions {
  /** The address of the pack's folder, relative to the site. @default '/inkling/' */
  readonly folder?: string | undefined;
  /** Answers for a file of the pack, as the site's static files or a bucket have it. The request says nothing about a
   * visitor; an `etag` comes back as `if-none-match`. @default the origin */
  readonly read?: ((request: Request) => Promise<Response>) | undefined;
  /** One or two public P-256 keys, each the 65 bytes of its point in base64url. @default no signature is asked for */
  readonly publicKeys?: readonly string[] | undefined;
  /** How long a pack is used before it is asked for a newer one. Milliseconds. @default 60 seconds */
  readonly refreshMs?: number | undefined;
  /** How long an isolate's first page waits for it, at most. Milliseconds. @default 200 */
  readonly waitMs?: number | undefined;
}

/** The pack that decisions are made by. */
export interface PackStore {
  /** The last good pack. Asks for a newer one in the background; waits for the first one, but not long. Never rejects.
   * @param site Any address of the site. */
  current(site: string, platform: EdgePlatform): Promise<EdgePack | undefined>;
}

export function createPackStore(
  options: PackOptions,
  origin: (request: Request) => Promise<Response>,
  report: Report,
): PackStore {
  const {
    folder = '/inkling/',
    publicKeys: keys,
    read: readFrom = origin,
    refreshMs = 60_000,
    waitMs = 200,
  } = options;
  let good: EdgePack | undefined;
  let etag: string | undefined;
  let floor = 0;
  let askAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<EdgePack | undefined> | undefined;

  async function fetchFile(name: string, site: string): Promise<Response> {
    const known = name === 'pack.json' && etag;
    const url = new URL(name, new URL(folder, site));
    const response = await readFrom(new Request(url, known ? { headers: { 'if-none-match': known } } : {}));
    if (!response.ok && response.status !== 304) {
      await response.body?.cancel();
      refuse('E_PACK_FETCH', name, 'a file', `status ${response.status}`);
    }
    return response;
  }

  async function ask(site: string, platform: EdgePlatform): Promise<EdgePack | undefined> {
    const now = platform.now();
    try {
      const response = await fetchFile('pack.json', site);
      if (response.status !== 304) {
        const read = async (name: string) =>
          new Uint8Array(await (await fetchFile(name, site)).arrayBuffer());
        const bytes = new Uint8Array(await response.arrayBuffer());
        good = await openEdgePack(bytes, read, { keys, floor, now });
        floor = Math.max(floor, good.pack.floor);
        etag = response.headers.get('etag') ?? undefined;
      }
    } catch (cause) {
      report('pack_refused', 'The pack cannot be used; the last good one stays.', platform, cause);
    }
    askAt = now + refreshMs;
    asking = undefined;
    return good;
  }

  return {
    async current(site, platform) {
      if (platform.now() >= askAt) {
        // A request that is torn down must not keep the next from asking.
        askAt = platform.now() + refreshMs;
        asking = ask(site, platform);
        platform.waitUntil(asking);
      }
      const found = good ?? (asking && (await within(asking, waitMs)));
      return found && Date.parse(found.pack.expiresAt) > platform.now() ? found : undefined;
    },
  };
}
