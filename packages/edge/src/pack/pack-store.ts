import type { EdgePlatform } from '../edge-platform.ts';
import type { Release } from '../release/release.ts';
import type { Report } from '../report.ts';
import { within } from '../within.ts';
import { createNotedVersion } from './noted-version.ts';
import type { EdgePack } from './open-edge-pack.ts';
import { createPackLine, type PackLine } from './pack-line.ts';

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

/** The packs that decisions are made by. */
export interface PackStore {
  /** The last good pack of what is released. Asks for a newer one in the background; waits for the first one, but not
   * long. Never rejects.
   * @param site Any address of the site.
   * @param isCanary Whether the page is one of the canary's share; where that pack cannot be had, it is not. */
  current(
    site: string,
    platform: EdgePlatform,
    release: Release,
    isCanary: boolean,
  ): Promise<EdgePack | undefined>;
}

interface Line {
  readonly line: PackLine;
  /** Epoch ms, as `askAt`. */
  askedAt: number;
  askAt: number;
  asking: Promise<void> | undefined;
}

/** Packs in memory: what is released, and what was before. */
const MAX_LINES = 4;

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
  const lines = new Map<string, Line>();
  const noted = createNotedVersion(report);
  let floor = 0;
  let lastGood: EdgePack | undefined;
  let lookAt = Number.NEGATIVE_INFINITY;

  function lineOf(version: string | undefined): Line {
    const path = version === undefined ? '' : `${version}/`;
    const known = lines.get(path) ?? {
      line: createPackLine(path, keys),
      askedAt: Number.NEGATIVE_INFINITY,
      askAt: Number.NEGATIVE_INFINITY,
      asking: undefined,
    };
    lines.delete(path);
    lines.set(path, known);
    for (const oldest of lines.keys()) {
      if (lines.size <= MAX_LINES) break;
      lines.delete(oldest);
    }
    return known;
  }

  async function ask(known: Line, site: string, platform: EdgePlatform): Promise<void> {
    const now = platform.now();
    try {
      const askFile = (name: string, etag: string | undefined) => {
        const url = new URL(name, new URL(folder, site));
        return readFrom(new Request(url, etag ? { headers: { 'if-none-match': etag } } : {}));
      };
      await known.line.ask(askFile, floor, platform);
      floor = Math.max(floor, known.line.good?.pack.floor ?? 0);
    } catch (cause) {
      report('pack_refused', 'The pack cannot be used; the last good one stays.', platform, cause);
    }
    known.askAt = now + refreshMs;
    known.asking = undefined;
  }

  async function find(
    version: string | undefined,
    site: string,
    platform: EdgePlatform,
  ): Promise<EdgePack | undefined> {
    const known = lineOf(version);
    if (platform.now() >= known.askAt) {
      // A request that is torn down must not keep the next from asking.
      known.askedAt = platform.now();
      known.askAt = known.askedAt + refreshMs;
      known.asking = ask(known, site, platform);
      platform.waitUntil(known.asking);
    }
    // However many pages there are, a pack that hangs is waited for once.
    const leftMs = known.askedAt + waitMs - platform.now();
    if (!known.line.good && known.asking && leftMs > 0) await within(known.asking, leftMs);
    return usable(known.line.good, platform);
  }

  /** In an isolate that has opened none yet. */
  async function findNoted(
    released: string,
    site: string,
    platform: EdgePlatform,
  ): Promise<EdgePack | undefined> {
    const version = await noted.read(new URL(folder, site).href, platform);
    return version === undefined || version === released ? undefined : find(version, site, platform);
  }

  return {
    async current(site, platform, { stable, canary }, isCanary) {
      const newer = isCanary && canary !== undefined && (await find(canary, site, platform));
      if (newer) return newer;
      const found = await find(stable, site, platform);
      if (found) {
        lastGood = found;
        if (stable !== undefined) noted.note(new URL(folder, site).href, stable, platform);
        return found;
      }
      if (!lastGood && stable !== undefined && platform.now() >= lookAt) {
        lookAt = platform.now() + refreshMs;
        lastGood = await findNoted(stable, site, platform);
      }
      return usable(lastGood, platform);
    },
  };
}

function usable(found: EdgePack | undefined, { now }: EdgePlatform): EdgePack | undefined {
  return found && Date.parse(found.pack.expiresAt) > now() ? found : undefined;
}
