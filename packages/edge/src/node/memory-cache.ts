import type { EdgeCache } from '../edge-platform.ts';

interface Entry {
  readonly response: Response;
  readonly body: ArrayBuffer;
  /** Epoch ms. */
  readonly until: number;
}

export interface MemoryCacheOptions {
  /** Bodies in all; the least recently used go first. @default 16 MiB */
  readonly maxBytes?: number | undefined;
  /** Epoch ms. @default Date.now */
  readonly now?: (() => number) | undefined;
}

/** A cache in the memory of one process, for what says by `max-age` how long it may be kept. Of the platform's caches it
 * has what the edge uses, and nothing survives the process. */
export function createMemoryCache({
  maxBytes = 16_777_216,
  now = Date.now,
}: MemoryCacheOptions = {}): EdgeCache {
  const entries = new Map<string, Entry>();
  let bytes = 0;

  function drop(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry) bytes -= entry.body.byteLength;
    entries.delete(key);
    return entry;
  }

  return {
    async match(key) {
      const entry = drop(key);
      if (!entry || entry.until <= now()) return undefined;
      // Now it is the last to go.
      entries.set(key, entry);
      bytes += entry.body.byteLength;
      return new Response(entry.body, entry.response);
    },
    async put(key, response) {
      const [, seconds = '0'] = /\bmax-age=(\d{1,9})/.exec(response.headers.get('cache-control') ?? '') ?? [];
      const body = await response.arrayBuffer();
      drop(key);
      if (seconds === '0' || body.byteLength > maxBytes) return;
      entries.set(key, { response, body, until: now() + Number(seconds) * 1000 });
      bytes += body.byteLength;
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}
