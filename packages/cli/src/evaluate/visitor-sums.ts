import { createClusters } from './clusters.ts';

/** Figures of lists, summed up by the visitors whose lists they are, or by groups of visitors where there are many. */
export interface SummedVisitors {
  /** How many there are. */
  readonly visitors: number;
  /** Names of the visitors or groups. */
  readonly clusters: readonly string[];
  /** Figures of each. */
  readonly width: number;
  /** `width` numbers of each: many short arrays, which as typed ones would be small pieces of memory beside V8's. */
  readonly rows: readonly (readonly number[])[];
}

/** When a list was shown: what decides the order of the visitors, by the first list of each. */
export interface ListTime {
  readonly at: number;
  readonly row?: number;
}

export interface VisitorSums {
  /** @param time of the list. @default after those that came before */
  add(visitor: string, figures: ArrayLike<number>, time?: ListTime): void;
  /** In the order of the log, whatever order the lists came in; the same order draws the same resamples. */
  finish(): SummedVisitors;
}

interface OfVisitor {
  readonly sums: number[];
  readonly first: { at: number; row: number };
}

/** Memory holds `width` numbers for each visitor or group of visitors. @param most as `createClusters` takes it */
export function createVisitorSums(width: number, most?: number): VisitorSums {
  const clusters = createClusters<OfVisitor>(
    () => ({ sums: zeros(width), first: { at: Infinity, row: Infinity } }),
    (into, { sums, first }) => {
      addTo(into.sums, sums);
      if (isBefore(first, into.first)) Object.assign(into.first, first);
    },
    most,
  );
  return {
    add(visitor, figures, { at, row = Number.NaN } = { at: Number.NaN }) {
      const { sums, first } = clusters.of(visitor);
      addTo(sums, figures);
      // Numbers and not the time itself, which may be a whole list.
      if (isBefore({ at, row }, first)) Object.assign(first, { at, row });
    },
    finish() {
      const { visitors, clusters: all } = clusters.finish();
      const ordered = [...all].sort(
        ([, { first: a }], [, { first: b }]) => Number(isBefore(b, a)) - Number(isBefore(a, b)),
      );
      const rows = ordered.map(([, { sums }]) => sums);
      return { visitors, clusters: ordered.map(([name]) => name), width, rows };
    },
  };
}

/** Lists of which no row is known stay as they come: NaN is before nothing. */
function isBefore(a: Required<ListTime>, b: Required<ListTime>): boolean {
  return !Number.isNaN(a.row - b.row) && (a.at < b.at || (a.at === b.at && a.row < b.row));
}

/** One figure of every visitor. */
export function columnOf({ rows }: SummedVisitors, column: number): Float64Array {
  return Float64Array.from(rows, (row) => row[column] as number);
}

export function zeros(width: number): number[] {
  return new Array<number>(width).fill(0);
}

/** Adds figures to as many others. */
export function addTo(total: number[], figures: ArrayLike<number>): void {
  for (let column = 0; column < total.length; column++) {
    total[column] = (total[column] as number) + (figures[column] as number);
  }
}
