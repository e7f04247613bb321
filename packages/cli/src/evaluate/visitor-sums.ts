/** Figures of lists, summed up by the visitors whose lists they are. */
export interface SummedVisitors {
  readonly visitors: readonly string[];
  /** Figures of a visitor. */
  readonly width: number;
  /** One figure of one visitor. */
  at(visitor: number, column: number): number;
  /** Adds the figures of a visitor to as many others. */
  addTo(total: Float64Array, visitor: number): void;
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

/** Visitors whose numbers are put away together: they never move, so that memory holds them once. */
const BLOCK = 1024;

/** Memory holds `width` numbers for each visitor, and a name. */
export function createVisitorSums(width: number): VisitorSums {
  const places = new Map<string, number>();
  // Numbers and not the times themselves, which may be whole lists.
  const firsts: { readonly at: number[]; readonly row: number[] } = { at: [], row: [] };
  const isBefore = (at: number, row: number, place: number): boolean => {
    const [firstAt, firstRow] = [firsts.at[place] as number, firsts.row[place] as number];
    // Lists of which no row is known stay as they come: NaN is before nothing.
    return !Number.isNaN(row - firstRow) && (at < firstAt || (at === firstAt && row < firstRow));
  };
  const blocks: Float64Array[] = [];
  return {
    add(visitor, figures, { at, row = Number.NaN } = { at: Number.NaN }) {
      let place = places.get(visitor);
      if (place === undefined) {
        place = places.size;
        places.set(visitor, place);
        firsts.at.push(at);
        firsts.row.push(row);
        if (place % BLOCK === 0) blocks.push(new Float64Array(BLOCK * width));
      } else if (isBefore(at, row, place)) {
        firsts.at[place] = at;
        firsts.row[place] = row;
      }
      const sums = blocks[Math.floor(place / BLOCK)] as Float64Array;
      const start = (place % BLOCK) * width;
      for (let column = 0; column < width; column++) {
        sums[start + column] = (sums[start + column] as number) + (figures[column] as number);
      }
    },
    finish() {
      const names = [...places.keys()];
      const isFirst = (a: number, b: number) => isBefore(firsts.at[a] as number, firsts.row[a] as number, b);
      const order = [...names.keys()].sort((a, b) => Number(isFirst(b, a)) - Number(isFirst(a, b)));
      return summed(
        order.map((place) => names[place] as string),
        width,
        blocks,
        Uint32Array.from(order),
      );
    },
  };
}

/** Figures that stand one visitor behind the other. @param sums f64[visitors × width] */
export function summedInOrder(
  visitors: readonly string[],
  sums: Float64Array,
  width: number,
): SummedVisitors {
  const blocks = Array.from({ length: Math.ceil(visitors.length / BLOCK) }, (_, block) =>
    sums.subarray(block * BLOCK * width, (block + 1) * BLOCK * width),
  );
  return summed(visitors, width, blocks, Uint32Array.from(visitors.keys()));
}

/** @param order places of the visitors in the blocks */
function summed(
  visitors: readonly string[],
  width: number,
  blocks: readonly Float64Array[],
  order: Uint32Array,
): SummedVisitors {
  return {
    visitors,
    width,
    at(visitor, column) {
      const place = order[visitor] as number;
      return blocks[Math.floor(place / BLOCK)]?.[(place % BLOCK) * width + column] as number;
    },
    addTo(total, visitor) {
      const place = order[visitor] as number;
      const sums = blocks[Math.floor(place / BLOCK)] as Float64Array;
      const start = (place % BLOCK) * width;
      for (let column = 0; column < width; column++) {
        total[column] = (total[column] as number) + (sums[start + column] as number);
      }
    },
  };
}

/** One figure of every visitor. */
export function columnOf({ visitors, at }: SummedVisitors, column: number): Float64Array {
  return Float64Array.from(visitors, (_, visitor) => at(visitor, column));
}
