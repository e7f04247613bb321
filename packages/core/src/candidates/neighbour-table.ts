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

/** First bytes of the file; the version of the format follows. */
export const NEIGHBOURS_MAGIC: readonly number[] = [0x49, 0x4e, 0x42];

/** How weights are written: of the `2^bits` levels the highest weighs 1, and each other 2^(-step / 16) of the one above. */
export interface Levels {
  /** 1, 2 or 4. */
  readonly bits: number;
  /** In sixteenths of an octave, 0 to 255. */
  readonly step: number;
}

/** Each level √2 times the one below it: what version 1 always wrote. */
export const FINE: Levels = { bits: 4, step: 8 };
