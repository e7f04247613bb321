import { countSharedPages, type Item, isSensitive, type Pack } from '@inkling/core';

/** What is allowed in a pack and yet worth a look: one line each. */
export function packFindings(pack: Pack, catalog: readonly Item[]): readonly string[] {
  const { slots, sensitive = [] } = pack;
  return [
    ...sensitiveItems(catalog, new Set(sensitive)),
    ...strayRules(slots, catalog),
    ...sharedPages(pack),
  ];
}

function sharedPages({ shared, experiment }: Pack): readonly string[] {
  if (!shared) return [];
  const pages = countSharedPages(shared, experiment.holdout);
  return [`shared: up to ${pages} pages of each address in a cache, by ${shared.signals.join(', ')}`];
}

function sensitiveItems(catalog: readonly Item[], sensitive: ReadonlySet<string>): readonly string[] {
  const count = catalog.filter((item) => isSensitive(item, sensitive)).length;
  const counts = [...sensitive].map((tag) => {
    const carriers = catalog.filter(({ tags }) => tags?.includes(tag)).length;
    return carriers > 0 ? `${tag} ${carriers}` : `${tag} none`;
  });
  if (counts.length === 0) return [];
  return [`sensitive: ${count} of ${catalog.length} items leave no trace in a profile: ${counts.join(', ')}`];
}

/** Rules that name a tag or a group no item has. */
function strayRules(slots: Pack['slots'], catalog: readonly Item[]): readonly string[] {
  const known = {
    tag: new Set(catalog.flatMap(({ tags = [] }) => tags)),
    group: new Set(catalog.map(({ group }) => group)),
  };
  return slots.flatMap(({ id, rules }) =>
    rules.flatMap((rule, index) => {
      const named = rule as { readonly tag?: unknown; readonly group?: unknown };
      return (['tag', 'group'] as const).flatMap((kind) => {
        const name = named[kind];
        if (typeof name !== 'string' || known[kind].has(name)) return [];
        return [`slot ${id}, rule ${index} (${rule.type}): no item has the ${kind} ${JSON.stringify(name)}`];
      });
    }),
  );
}
