import { digest } from '@inkling/core';
import type { Clusters } from './clustered-interval.ts';
import type { Round } from './round.ts';

/** Parts of the visitors, by which the reward model is cross-fitted. */
export const FOLDS = 5;

/** What the reward model reads of a round. */
type RoundRow = Pick<Round, 'features' | 'expected'>;

/** Rounds by their columns: 49 bytes each beside what the reward model reads. */
export interface RoundTable {
  readonly clusters: Clusters;
  /** Of each round's visitor. */
  readonly folds: Uint8Array;
  readonly rewards: Float64Array;
  readonly logged: Float64Array;
  readonly target: Float64Array;
  readonly unsupported: Float64Array;
  readonly unexplored: Float64Array;
  /** Columns of a row's features. */
  readonly width: number;
  /** Visits the rows in the order of the rounds; a row holds until the next one. */
  eachRow(visit: (row: RoundRow, round: number) => void): void;
}

export interface RoundColumns {
  add(round: Omit<Round, keyof RoundRow>): void;
  /** @param order places of the rounds as they were added. @default as they were added */
  finish(rows: Pick<RoundTable, 'width' | 'eachRow'>, order?: Int32Array): RoundTable;
}

const NUMBERS = ['reward', 'logged', 'target', 'unsupported', 'unexplored'] as const;

/** Gathers all of the rounds but their rows. Memory holds the name of each visitor. */
export function createRoundColumns(): RoundColumns {
  const places = new Map<string, number>();
  const folds: number[] = [];
  let visitors = new Int32Array(1024);
  let numbers = NUMBERS.map(() => new Float64Array(1024));
  let count = 0;
  return {
    add(round) {
      if (count === visitors.length) {
        const grow = <T extends Float64Array | Int32Array>(cells: T, grown: T): T => {
          grown.set(cells);
          return grown;
        };
        visitors = grow(visitors, new Int32Array(2 * count));
        numbers = numbers.map((cells) => grow(cells, new Float64Array(2 * count)));
      }
      let place = places.get(round.visitor);
      if (place === undefined) {
        place = places.size;
        places.set(round.visitor, place);
        folds.push(Number.parseInt(digest(round.visitor).slice(0, 8), 16) % FOLDS);
      }
      visitors[count] = place;
      NUMBERS.forEach((name, column) => {
        (numbers[column] as Float64Array)[count] = round[name];
      });
      count++;
    },
    finish(rows, order = Int32Array.from({ length: count }, (_, round) => round)) {
      const ordered = numbers.map((cells) => Float64Array.from(order, (at) => cells[at] as number));
      const [rewards, logged, target, unsupported, unexplored] = ordered as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      // Clusters are numbered as they come.
      const numbersOf = new Int32Array(places.size).fill(-1);
      let clusters = 0;
      const of = order.map((at) => {
        const place = visitors[at] as number;
        if ((numbersOf[place] as number) < 0) numbersOf[place] = clusters++;
        return numbersOf[place] as number;
      });
      return {
        clusters: { of, count: clusters },
        folds: Uint8Array.from(order, (at) => folds[visitors[at] as number] as number),
        rewards,
        logged,
        target,
        unsupported,
        unexplored,
        ...rows,
      };
    },
  };
}

/** Rounds whose rows are in memory, where many may share one. */
export function createRoundTable(): { add(round: Round): void; finish(): RoundTable } {
  const columns = createRoundColumns();
  const features: Float64Array[] = [];
  const expected: Float64Array[] = [];
  return {
    add(round) {
      columns.add(round);
      features.push(round.features);
      expected.push(round.expected);
    },
    finish: () =>
      columns.finish({
        width: features[0]?.length ?? 0,
        eachRow(visit) {
          features.forEach((own, round) => {
            visit({ features: own, expected: expected[round] as Float64Array }, round);
          });
        },
      }),
  };
}

/** How much oftener the target policy would have made each choice than the log's did. */
export function weightsOf({ target, logged }: RoundTable): Float64Array {
  return target.map((target, round) => target / (logged[round] as number));
}

export function tableOf(rounds: readonly Round[] | RoundTable): RoundTable {
  if (!isList(rounds)) return rounds;
  const table = createRoundTable();
  for (const round of rounds) table.add(round);
  return table.finish();
}

function isList(rounds: readonly Round[] | RoundTable): rounds is readonly Round[] {
  return Array.isArray(rounds);
}
