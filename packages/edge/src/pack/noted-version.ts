import type { EdgePlatform } from '../edge-platform.ts';
import { isVersion } from '../release/release.ts';
import type { Report } from '../report.ts';
import { within } from '../within.ts';

/** Which released version was opened last, in the platform's cache: where a new isolate cannot open what is released now,
 * it begins with that. */
export interface NotedVersion {
  read(folder: string, platform: EdgePlatform): Promise<string | undefined>;
  /** Written once an isolate and version. Does not wait. */
  note(folder: string, version: string, platform: EdgePlatform): void;
}

const CACHE_WAIT_MS = 50;
const DAY_SECONDS = 86_400;

/** @returns what takes the address of a pack's folder, so that two sites of one cache do not meet */
export function createNotedVersion(report: Report): NotedVersion {
  const keyOf = (folder: string) => `https://inkling.internal/release/1/${encodeURIComponent(folder)}`;
  let noted: string | undefined;

  async function put(folder: string, version: string, { cache }: EdgePlatform): Promise<void> {
    const headers = { 'cache-control': `max-age=${DAY_SECONDS}` };
    await cache?.put(keyOf(folder), new Response(version, { headers }));
  }

  return {
    async read(folder, platform) {
      try {
        const found = platform.cache && (await within(platform.cache.match(keyOf(folder)), CACHE_WAIT_MS));
        const version = await found?.text();
        return isVersion(version) ? version : undefined;
      } catch (cause) {
        report('edge_cache', 'The last version could not be read from the cache.', platform, cause);
        return undefined;
      }
    },
    note(folder, version, platform) {
      if (version === noted) return;
      noted = version;
      const failed = (cause: unknown) =>
        report('edge_cache', 'The last version could not be written to the cache.', platform, cause);
      platform.waitUntil(put(folder, version, platform).catch(failed));
    },
  };
}
