import type { Item } from '../item.ts';
import type { Profile } from '../profile/profile.ts';
import { decodeNeighbours } from './decode-neighbours.ts';
import type { NeighbourKind } from './neighbour-table.ts';
import { type Paths, preparePaths } from './walk.ts';

export interface NeighbourSources {
  readonly catalog: readonly Item[];
  /** The neighbours file that was made for the catalog; an empty one is none. @default the pack has none */
  readonly neighbours?: Uint8Array | false;
}

/** A catalog by place, with its neighbours. */
export interface NeighbourGraph {
  readonly tables: readonly { readonly kind: NeighbourKind; readonly paths: Paths }[];
  /** Place in the catalog by id. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** Places of the visitor's recent items, newest first, without those that left the catalog. */
  recentsOf(profile: Profile | undefined): readonly number[];
}

/** @throws InklingError E_PACK_FORMAT for a neighbours file that cannot be read */
export function openNeighbours({ catalog, neighbours }: NeighbourSources): NeighbourGraph {
  const indexOf = new Map(catalog.map(({ id }, index) => [id, index]));
  const tables = neighbours && neighbours.length > 0 ? decodeNeighbours(neighbours, catalog.length) : [];
  return {
    tables: tables.map((table) => ({ kind: table.kind, paths: preparePaths(table) })),
    indexOf,
    recentsOf: (profile) => (profile?.recents ?? []).flatMap(({ id }) => indexOf.get(id) ?? []),
  };
}
