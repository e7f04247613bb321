/** Frequently bought together; visitors who viewed this also viewed. A table's place here is its number in the file. */
export const NEIGHBOUR_KINDS = ['bought', 'viewed'] as const;

export type NeighbourKind = (typeof NEIGHBOUR_KINDS)[number];

/** Which items go together, as an undirected weighted graph; items by their place in the catalog. The neighbours of item
 * i are `items[start[i]]` up to `items[start[i + 1]]`, the weights of these edges stand beside them. */
export interface NeighbourTable {
  readonly kind: NeighbourKind;
  readonly start: Uint32Array;
  readonly items: Uint32Array;
  readonly weights: Float64Array;
  /** Of all edges of item i. */
  readonly total: Float64Array;
}

/** First bytes of the file: its name and the version of the format. */
export const NEIGHBOURS_MAGIC: readonly number[] = [0x49, 0x4e, 0x42, 1];

/** A weight has four bits. */
export const TOP_LEVEL = 15;
