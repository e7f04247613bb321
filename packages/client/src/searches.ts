import type { Item } from '@inkling/core';
import { whenParsed } from './after-parsing.ts';

/** What the visitor searches for on the site, under the grant of `profile`. The words are compared with the catalog and
 * forgotten: what leaves this place are tags. */
export interface Searches {
  /** Listens until the grant ends. */
  watch(granted: AbortSignal): void;
  /** Enters what the address of this page says. */
  look(): void;
  /** Enters what the visitor typed. @param at epoch ms */
  enter(text: string, at: number): void;
  stop(): void;
}

export interface SearchesOptions {
  readonly now: () => number;
  readonly report: (code: string, stage: string, cause: unknown) => void;
  /** What there is to be found. */
  readonly reading: () => {
    readonly loaded?: { readonly catalog: readonly Item[] } | undefined;
    readonly sensitive: ReadonlySet<string>;
  };
  readonly onTags: (tags: readonly string[], at: number) => void;
}

type SearchCode = typeof import('./sensors/watch-search.ts');

export function createSearches({ now, report, reading, onTags }: SearchesOptions): Searches {
  let granted: AbortSignal | undefined;
  let stop = () => {};

  /** Loads the code, and uses it while the same grant lasts. */
  async function use<T>(run: (code: SearchCode) => T): Promise<T | undefined> {
    const signal = granted;
    try {
      const { readSearch, searchTags, watchSearch } = await import('./sensors/watch-search.ts');
      return signal?.aborted === false ? run({ readSearch, searchTags, watchSearch }) : undefined;
    } catch (cause) {
      report('search_failed', 'search', cause);
      return undefined;
    }
  }

  /** The same where the page says how its visitors search. */
  async function useOnPage<T>(run: (code: SearchCode) => T): Promise<T | undefined> {
    await new Promise<void>(whenParsed);
    return isDeclared(document) ? use(run) : undefined;
  }

  function enter(text: string, at = now()): void {
    const { loaded, sensitive } = reading();
    if (text && loaded) void use(({ searchTags }) => onTags(searchTags(text, loaded.catalog, sensitive), at));
  }

  return {
    watch(signal) {
      granted = signal;
      const watching = useOnPage(({ watchSearch }) => watchSearch(document, enter));
      stop = () => void watching.then((end) => end?.());
      signal.addEventListener('abort', stop);
    },
    look: () => void useOnPage(({ readSearch }) => enter(readSearch(document, location))),
    enter,
    stop: () => stop(),
  };
}

function isDeclared(root: Document): boolean {
  return (
    !!root.querySelector('[data-inkling-search]') ||
    [...root.querySelectorAll('script[type="application/ld+json"]')].some(({ textContent }) =>
      textContent?.includes('SearchAction'),
    )
  );
}
