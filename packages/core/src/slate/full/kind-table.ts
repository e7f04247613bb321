import { InklingError } from '../../inkling-error.ts';

/** By type: what a spec of that type makes. */
export type KindTable<Spec extends { type: string }, Rest extends unknown[], Made> = {
  readonly [Type in Spec['type']]: (spec: Extract<Spec, { type: Type }>, ...rest: Rest) => Made;
};

/** What the table makes of specs like this one.
 * @throws InklingError E_PACK_FORMAT for a type that the table does not know */
export function kindOf<Spec extends { type: string }, Rest extends unknown[], Made>(
  table: KindTable<Spec, Rest, Made>,
  { type }: Spec,
): (spec: Spec, ...rest: Rest) => Made {
  // The entry of a type takes the specs of that type.
  return entryOf(table as object as Readonly<Record<string, (spec: Spec, ...rest: Rest) => Made>>, type);
}

/** What a table holds under a name that a pack gives: only what the table itself names.
 * @throws InklingError E_PACK_FORMAT naming what was expected and found */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry {
  if (Object.hasOwn(table, name)) return table[name] as Entry;
  throw new InklingError('E_PACK_FORMAT', `expected one of ${Object.keys(table).join(', ')}, found ${name}`);
}
