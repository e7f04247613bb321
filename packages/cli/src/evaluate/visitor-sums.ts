/** Figures of lists, summed up by the visitors whose lists they are. */
export interface SummedVisitors {
  readonly visitors: readonly string[];
  /** f64[visitors × width] */
  readonly sums: Float64Array;
  readonly width: number;
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

/** Memory holds `width` numbers for each visitor. */
export function createVisitorSums(width: number): VisitorSums {
  const places = new Map<string, number>();
  const firsts: (ListTime | undefined)[] = [];
  let sums = new Float64Array(width * 64);
  return {
    add(visitor, figures, time) {
      let place = places.get(visitor);
      if (place === undefined) {
        place = places.size;
        places.set(visitor, place);
        firsts.push(time);
        if (sums.length < places.size * width) {
          const grown = new Float64Array(2 * sums.length);
          grown.set(sums);
          sums = grown;
        }
      } else if (isBefore(time, firsts[place])) firsts[place] = time;
      const start = place * width;
      for (let column = 0; column < width; column++) {
        sums[start + column] = (sums[start + column] as number) + (figures[column] as number);
      }
    },
    finish() {
      const names = [...places.keys()];
      const order = [...names.keys()].sort(
        (a, b) => Number(isBefore(firsts[b], firsts[a])) - Number(isBefore(firsts[a], firsts[b])),
      );
      const ordered = new Float64Array(names.length * width);
      order.forEach((place, index) => {
        ordered.set(sums.subarray(place * width, (place + 1) * width), index * width);
      });
      return { visitors: order.map((place) => names[place] as string), sums: ordered, width };
    },
  };
}

/** One figure of every visitor. */
export function columnOf({ visitors, sums, width }: SummedVisitors, column: number): Float64Array {
  return Float64Array.from(visitors, (_, row) => sums[row * width + column] as number);
}

/** Lists of which no row is known stay as they come. */
function isBefore(a: ListTime | undefined, b: ListTime | undefined): boolean {
  if (a?.row === undefined || b?.row === undefined) return false;
  return a.at < b.at || (a.at === b.at && a.row < b.row);
}
