import type { EdgePlatform } from './edge-platform.ts';
import type { GridCell } from './grid-cell.ts';
import type { Report } from './report.ts';
import { createWeatherGate, type WeatherState } from './weather-gate.ts';
import type { CellWeather, WeatherProvider } from './weather-provider.ts';
import { within } from './within.ts';

/** Weather by cell, kept in the isolate and in the platform's cache. Nothing in it belongs to a visitor. */
export interface WeatherStore {
  /** What is kept already; never waits for the source. Asks it in the background when an answer is due. */
  cached(cell: GridCell, platform: EdgePlatform): Promise<CellWeather | undefined>;
  /** As `cached`, but waits for the source, at most its timeout, when nothing is kept. */
  current(cell: GridCell, platform: EdgePlatform): Promise<CellWeather | undefined>;
  /** How the source is. */
  state(now: number): WeatherState;
}

interface Entry {
  readonly weather?: CellWeather;
  /** When the weather was answered. Epoch milliseconds. */
  readonly at: number;
  /** Not asked again before. Epoch milliseconds. */
  readonly retryAt: number;
}

interface Call {
  readonly entry: Promise<Entry>;
  /** A call whose request was torn down never settles: after this it no longer holds back another. */
  readonly until: number;
}

const MAX_CELLS = 500;
/** A page waits no longer than this for the platform's cache. */
const CACHE_WAIT_MS = 50;

export function createWeatherStore(provider: WeatherProvider, report: Report): WeatherStore {
  const { timeoutMs, ttlMs, staleMs, negativeTtlMs } = provider;
  const gate = createWeatherGate(provider);
  const entries = new Map<string, Entry>();
  const calls = new Map<string, Call>();
  const keyOf = (cell: GridCell) => `https://inkling.internal/weather/1/${provider.id}/${cell.id}`;

  async function find(cell: GridCell, platform: EdgePlatform): Promise<Entry | undefined> {
    const own = entries.get(cell.id);
    if (own && platform.now() < own.retryAt) return own;
    const shared = platform.cache && (await within(readShared(cell, platform), CACHE_WAIT_MS));
    if (!shared || (own && own.retryAt > shared.retryAt)) return own;
    // Isolates that took the same answer come due one after the other: the first asks, and the others find its answer.
    const taken = { ...shared, retryAt: shared.retryAt + negativeTtlMs * platform.random() };
    if (platform.now() < shared.retryAt) remember(cell, taken);
    return shared;
  }

  async function readShared(cell: GridCell, platform: EdgePlatform): Promise<Entry | undefined> {
    try {
      const response = await platform.cache?.match(keyOf(cell));
      // Written by `share` alone, under a key that carries the format's version.
      return response && ((await response.json()) as Entry);
    } catch (cause) {
      report('edge_cache', 'The weather could not be read from the cache.', platform, cause);
      return undefined;
    }
  }

  async function share(cell: GridCell, platform: EdgePlatform, entry: Entry): Promise<void> {
    const until = Math.max(entry.retryAt, entry.weather ? entry.at + staleMs : 0);
    const maxAge = Math.ceil((until - platform.now()) / 1000);
    try {
      const headers = { 'cache-control': `max-age=${maxAge}` };
      await platform.cache?.put(keyOf(cell), Response.json(entry, { headers }));
    } catch (cause) {
      report('edge_cache', 'The weather could not be written to the cache.', platform, cause);
    }
  }

  function remember(cell: GridCell, entry: Entry): void {
    entries.delete(cell.id);
    entries.set(cell.id, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= MAX_CELLS) break;
      entries.delete(oldest);
    }
  }

  /** Undefined where the source may not be asked now. */
  function refresh(
    cell: GridCell,
    platform: EdgePlatform,
    last: Entry | undefined,
  ): Promise<Entry> | undefined {
    const running = calls.get(cell.id);
    if (running && platform.now() < running.until) return running.entry;
    if (!gate.pass(platform.now())) return undefined;
    const entry = ask(cell, platform, last);
    calls.set(cell.id, { entry, until: platform.now() + 2 * timeoutMs });
    platform.waitUntil(entry);
    return entry;
  }

  async function ask(cell: GridCell, platform: EdgePlatform, last: Entry | undefined): Promise<Entry> {
    const abort = new AbortController();
    const { latitude, longitude } = cell;
    let entry: Entry;
    try {
      const call = { fetch: platform.fetch, signal: abort.signal };
      const weather = await within(provider.read({ latitude, longitude }, call), timeoutMs);
      if (!weather) throw new Error(`${provider.id}: no answer within ${timeoutMs} ms`);
      const at = platform.now();
      gate.succeeded();
      entry = { weather, at, retryAt: at + jittered(ttlMs, platform) };
    } catch (cause) {
      report('weather_unavailable', 'The weather source gave nothing usable.', platform, cause);
      gate.failed(platform.now(), cause);
      entry = { at: 0, ...last, retryAt: platform.now() + jittered(negativeTtlMs, platform) };
    }
    abort.abort();
    remember(cell, entry);
    calls.delete(cell.id);
    platform.waitUntil(share(cell, platform, entry));
    return entry;
  }

  function usable(entry: Entry | undefined, now: number): CellWeather | undefined {
    if (!entry?.weather || now >= entry.at + staleMs) return undefined;
    if (now < entry.at + ttlMs) return entry.weather;
    // Hours later the sky may be the same; whether it is day is not.
    const { daylight: _, ...lasting } = entry.weather;
    return lasting;
  }

  async function lookUp(
    cell: GridCell,
    platform: EdgePlatform,
    wait: boolean,
  ): Promise<CellWeather | undefined> {
    const entry = await find(cell, platform);
    const known = usable(entry, platform.now());
    if (entry && platform.now() < entry.retryAt) return known;
    const next = refresh(cell, platform, entry);
    if (known || !wait || !next) return known;
    return usable(await within(next, timeoutMs), platform.now());
  }

  return {
    cached: (cell, platform) => lookUp(cell, platform, false),
    current: (cell, platform) => lookUp(cell, platform, true),
    state: gate.state,
  };
}

/** A tenth more or less, so that the cells of one moment do not come due in one moment again. */
function jittered(ms: number, { random }: EdgePlatform): number {
  return ms * (0.9 + 0.2 * random());
}
