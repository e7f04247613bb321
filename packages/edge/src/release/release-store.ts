import type { EdgePlatform } from '../edge-platform.ts';
import type { Report } from '../report.ts';
import { within } from '../within.ts';
import { type Release, readRelease, UNRELEASED } from './release.ts';

/** The release record as this isolate knows it. */
export interface ReleaseStore {
  /** The latest record that could be read. Asks for a newer one every few seconds, in the background; waits for it, but
   * not long, where what is known is older than a minute. Never rejects. */
  current(platform: EdgePlatform): Promise<Release>;
}

const KEY = 'release';
const REFRESH_MS = 10_000;
/** Known for longer than this, it is waited for. */
const OLD_MS = 60_000;
const WAIT_MS = 50;

export function createReleaseStore(report: Report): ReleaseStore {
  let release = UNRELEASED;
  let readAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  async function ask(platform: EdgePlatform): Promise<void> {
    try {
      release = readRelease(await platform.store?.get(KEY));
    } catch (cause) {
      report(
        'release_refused',
        'The release record cannot be used; the last good one stays.',
        platform,
        cause,
      );
    }
    readAt = platform.now();
  }

  return {
    async current(platform) {
      const now = platform.now();
      if (!platform.store) return UNRELEASED;
      if (now >= askedAt + REFRESH_MS) {
        // A request that is torn down must not keep the next from asking.
        askedAt = now;
        asking = ask(platform);
        platform.waitUntil(asking);
      }
      // However many pages there are, one store that hangs is waited for once.
      const waitMs = askedAt + WAIT_MS - now;
      if (asking && waitMs > 0 && now - readAt > OLD_MS) await within(asking, waitMs);
      return release;
    },
  };
}
