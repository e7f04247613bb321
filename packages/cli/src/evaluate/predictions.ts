import type { Database } from '../log/database.ts';
import type { ListTime } from './visitor-sums.ts';

/** One shown item. */
export interface Prediction {
  /** A probability, or what should be one. */
  readonly score: number;
  readonly chosen: number;
  readonly visitor: string;
}

/** What was predicted of every shown item, list by list. */
export interface Predictions {
  add(list: readonly Prediction[], time: ListTime): void;
  readonly count: number;
  /** By score, equal ones in the order of the log. No more are added. */
  sorted(): AsyncIterable<Prediction> | Iterable<Prediction>;
}

export function predictionsInMemory(): Predictions {
  const all: Prediction[] = [];
  return {
    add: (list) => all.push(...list),
    get count() {
      return all.length;
    },
    sorted: () => all.sort((a, b) => a.score - b.score),
  };
}

const TYPES = {
  score: 'DOUBLE',
  chosen: 'DOUBLE',
  visitor: 'VARCHAR',
  time_ms: 'DOUBLE',
  seq: 'DOUBLE',
  place: 'INTEGER',
} as const;

/** The same in a table of a database, which is sorted where it is larger than memory. The lists tell their rows. */
export async function predictionsIn(database: Database): Promise<Predictions> {
  const columns = Object.entries(TYPES).map(([name, type]) => `${name} ${type}`);
  await database.run(`CREATE TABLE predictions (${columns.join(', ')})`);
  const table = await database.appender('predictions', Object.values(TYPES));
  let count = 0;
  return {
    add(list, { at, row = 0 }) {
      list.forEach(({ score, chosen, visitor }, place) => {
        table.add([score, chosen, visitor, at, row, place]);
        count++;
      });
    },
    get count() {
      return count;
    },
    async *sorted() {
      await table.close();
      const sorted = 'SELECT score, chosen, visitor FROM predictions ORDER BY score, time_ms, seq, place';
      for await (const chunk of database.stream(sorted)) {
        for (const [score, chosen, visitor] of chunk.getRows() as [number, number, string][]) {
          yield { score, chosen, visitor };
        }
      }
    },
  };
}
