import type { Kernels } from '../kernels/kernels.ts';
import type { OperatorNode } from '../operator.ts';

/** What the full tier adds where there is WebAssembly; elsewhere its operators compute the same bits. Addresses, rows
 * and widths are in bytes. */
export interface FullKernels extends Kernels {
  /** Adds what the tree at `root` votes for each row of features, as ./trees.ts lays them out. */
  climb(
    nodes: number,
    root: number,
    depth: number,
    votes: number,
    x: number,
    rowX: number,
    scores: number,
    rowScores: number,
    places: number,
    rows: number,
  ): void;
  /** For each block of `size` rows of `width` bytes, a multiple of four, those that the 32-bit or `isWide` indices name.
   * @returns 0, or the place, counted from 1, of an index that is out of range */
  gather(
    out: number,
    x: number,
    indices: number,
    isWide: boolean,
    count: number,
    blocks: number,
    size: number,
    width: number,
  ): number;
  /** `out` [outer, inner] becomes the sums along the middle of `x` [outer, size, inner], as doubles, over `divisor`. */
  sum(out: number, x: number, outer: number, size: number, inner: number, divisor: number): void;
}

export function fullKernelsOf({ kernels }: OperatorNode): FullKernels | undefined {
  return 'climb' in kernels ? (kernels as FullKernels) : undefined;
}
