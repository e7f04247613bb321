/** Where the visitor roughly is, as the platform tells it. Every field may be absent, empty or nonsense. */
export interface EdgeGeo {
  /** ISO 3166-1 alpha-2. Anything else, such as `XX` or `T1`, is unknown. */
  readonly country?: string | undefined;
  /** ISO 3166-2 subdivision without the country. */
  readonly region?: string | undefined;
  /** Decimal degrees. Reduced to a 0.25° cell at once: nothing finer is kept, sent, logged or written to the page. */
  readonly latitude?: string | undefined;
  /** Decimal degrees, as `latitude`. */
  readonly longitude?: string | undefined;
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly timezone?: string | undefined;
  /** `AF`, `AN`, `AS`, `EU`, `NA`, `OC` or `SA`. Where the country is unknown it may tell the season. */
  readonly continent?: string | undefined;
}

/** The part of the Cache API that is used. Keys name a weather cell, a page or a pack, never a visitor. */
export interface EdgeCache {
  match(key: string): Promise<Response | undefined>;
  put(key: string, response: Response): Promise<void>;
}

/** A small store that all of a site's isolates read, such as Workers KV. It is never asked for anything of a visitor. */
export interface EdgeStore {
  get(key: string): Promise<string | null | undefined>;
}

/** What one request needs of the platform that serves it. */
export interface EdgePlatform {
  readonly geo?: EdgeGeo | undefined;
  /** The visitor's network address, which only the collector reads: it limits by a hash of it, in memory. */
  readonly address?: string | undefined;
  /** Shares weather and pages between isolates. Without it each isolate asks for itself, and no page is shared. */
  readonly cache?: EdgeCache | undefined;
  /** Holds the release record, `release`. Without it the pack is the one that stands in its folder. */
  readonly store?: EdgeStore | undefined;
  /** Keeps the isolate alive until the promise settles, without the response waiting for it. */
  readonly waitUntil: (promise: Promise<unknown>) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** From 0 to below 1, as Math.random. Arms, canaries and moments at which to ask again are drawn from it. */
  readonly random: () => number;
  /** Used for the weather source only. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}
