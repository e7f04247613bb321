/** A copy of a record in which each of the keys has gone one step on. Where it then has too many entries, those of least
 * worth are left out; of equal ones those whose keys come last.
 * The copy has no prototype: a key may be called like a thing that every object has; and no engine takes a hidden class
 * for each key, which costs more than all the rest. */
export function editRecord<T>(
  record: Readonly<Record<string, T>>,
  keys: readonly string[],
  step: (before: T | undefined) => T,
  { most, worth }: { readonly most: number; readonly worth: (entry: T) => number },
): Readonly<Record<string, T>> {
  if (keys.length === 0) return record;
  const next: Record<string, T> = Object.create(null);
  for (const key of Object.keys(record)) next[key] = record[key] as T;
  for (const key of keys) next[key] = step(next[key]);
  const all = Object.keys(next);
  if (all.length > most) {
    const ranked = all.map((key) => ({ key, value: worth(next[key] as T) }));
    ranked.sort((a, b) => a.value - b.value || (a.key < b.key ? 1 : -1));
    for (const { key } of ranked.slice(0, all.length - most)) delete next[key];
  }
  return next;
}
