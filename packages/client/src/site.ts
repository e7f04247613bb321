import type { Item } from '@inkling/core';
import type { Learner } from '@inkling/core/adapt';
import { type LoadedPack, loadPack, type PackSource } from './load-pack.ts';
import type { Reporter } from './reporter.ts';

/** What the site ships, as far as it is there. */
export interface Site {
  loaded?: LoadedPack;
  /** Where the pack asks for one, once its code is there. */
  learner?: Learner;
  /** Tags that the pack marks as sensitive. */
  sensitive: ReadonlySet<string>;
  /** Resolves when the pack is there or has been given up. */
  loading: Promise<void>;
  /** Resolves when what learns is there or has been given up. */
  learning?: Promise<void>;
  /** What the catalog says of an item. */
  item(id?: string): Item | undefined;
}

/** Begins to load the pack, and behind it what learns. */
export function openSite(source: PackSource, { report, attempt }: Reporter): Site {
  const load = async () => {
    try {
      const loaded = await loadPack(source);
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
    }
  };
  const site: Site = {
    sensitive: new Set(),
    loading: Promise.resolve(),
    item: (id = '') => site.loaded?.items.get(id),
  };
  site.loading = load();
  return site;
}
