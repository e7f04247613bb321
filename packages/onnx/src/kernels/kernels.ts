/** What computes in a memory. Addresses are bytes from its start; nothing is allocated. The bits are defined: every
 * multiplication and addition is rounded to a float by itself, in the order told, and all implementations agree. */
export interface Kernels {
  readonly memory: {
    /** Another one after growth, which leaves views of the one before empty or behind. */
    readonly buffer: ArrayBufferLike;
    /** By pages of 64 KiB, keeping what there is. Throws a `RangeError` where there is no more. */
    grow(pages: number): unknown;
  };
  /** `out` [rows, columns] becomes `a` [rows, depth] times `b` [depth, columns], plus `bias` [columns], and at least
   * `least`: 0 is Relu, −∞ lets everything pass. A sum starts at 0 and goes by ascending depth; the bias comes last. */
  dense(
    out: number,
    a: number,
    b: number,
    bias: number,
    rows: number,
    depth: number,
    columns: number,
    least: number,
  ): void;
  /** `out` [columns, rows] becomes `a` [rows, columns]. Only in WebAssembly. */
  readonly transpose?: (out: number, a: number, rows: number, columns: number) => void;
  /** `out`, dense, becomes for each element of a row: 0 a + b, 1 a − b, 2 a · b. Rows are `row…` bytes apart,
   * elements `step…`: 4, or 0 where one element serves the whole row. `out` may be `a` or `b` where those are dense.
   * Only in WebAssembly, where it is faster than a loop over views. */
  readonly combine?: (
    kind: number,
    out: number,
    a: number,
    rowA: number,
    stepA: number,
    b: number,
    rowB: number,
    stepB: number,
    rows: number,
    columns: number,
  ) => void;
}
