import type { Item } from '@inkling/core';
import type { Learner } from '@inkling/core/adapt';
import { type LoadedPack, loadPack, type PackSource } from './load-pack.ts';
import type { Reporter } from './reporter.ts';

/** What the site ships, as far as it is there. */
export interface Site {
  loaded?: LoadedPack | undefined;
  /** Where the pack asks for one, once its code is there. */
  learner?: Learner;
  /** Tags that the pack marks as sensitive. */
  sensitive: ReadonlySet<string>;
  /** Resolves when the pack is there, or with the reason why it has been given up. */
  loading: Promise<unknown>;
  /** Resolves when what learns is there or has been given up. */
  learning?: Promise<void>;
  /** What the catalog says of an item. */
  item(id?: string): Item | undefined;
  /** Loads another pack in its place. Where that fails, it stays as it is. Never rejects; resolves as
   * `loading` does. */
  open(change: Partial<PackSource>): Promise<unknown>;
}

/** Begins to load the pack, and behind it what learns. */
export function openSite(source: PackSource, { report, attempt }: Reporter): Site {
  const open: Site['open'] = async (change) => {
    try {
      const loaded = await loadPack({ ...source, ...change });
      site.loaded = loaded;
      if (!source.keys) report('unsigned', 'pack', 'The pack is not signed.');
      const { adapt: spec, sensitive } = loaded.pack;
      site.sensitive = new Set(sensitive);
      site.learning = attempt('learn', async () => {
        if (!spec) return;
        const { createLearner } = await import('@inkling/core/adapt');
        site.learner = createLearner({ ...loaded.means, spec, sensitive: site.sensitive });
      });
    } catch (cause) {
      report('E_PACK_FORMAT', 'pack', cause);
      return cause;
    }
    return undefined;
  };
  const site: Site = {
    sensitive: new Set(),
    loading: Promise.resolve(),
    open,
    item: (id = '') => site.loaded?.items.get(id),
  };
  site.loading = open({});
  return site;
}
