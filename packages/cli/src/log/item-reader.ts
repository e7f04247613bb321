import type { ContextPatch, Item } from '@inkling/core';

/** Makes an item of what a row says, beside what the catalog knows. @param cells one for each field, empty for none */
export type ItemReader = (id: string, cells: readonly (string | null)[]) => Item;

export function itemReader(fields: readonly string[], catalog: ReadonlyMap<string, Item>): ItemReader {
  return (id, cells) => {
    const known = catalog.get(id);
    const said: Record<string, unknown> = {};
    const attributes: Record<string, string | number | boolean> = {};
    fields.forEach((field, index) => {
      const value = cells[index];
      if (!value) return;
      if (field === 'tags') said.tags = value.split('|');
      else if (field === 'price') said.price = Number(value);
      else attributes[field] = typed(value);
    });
    return { ...known, ...said, id, attributes: { ...known?.attributes, ...attributes } };
  };
}

/** The moment of a row. @param cells one for each signal, null for unknown */
export function contextOf(signals: readonly string[], cells: readonly (string | null)[]): ContextPatch {
  const patch: Record<string, Record<string, unknown>> = {};
  signals.forEach((path, index) => {
    const [area, field] = path.split('.') as [string, string];
    const value = cells[index];
    patch[area] = { ...patch[area], [field]: value ? typed(value) : 'unknown' };
  });
  return patch;
}

/** Cells of a log are text; what reads as a number or a truth value is one. */
function typed(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}
