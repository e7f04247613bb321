import type { Database } from '../log/database.ts';

/** A value of a column, and how often each of two samples has it. */
interface ValueCount {
  readonly column: number;
  readonly value: number;
  readonly before: number;
  readonly after: number;
}

/** How often each column of the encoder has each value, in two samples. */
export interface ValueCounts {
  /** @param features f32[rows × width] */
  add(sample: 'before' | 'after', features: Float32Array): void;
  /** By column and value. No more are added. */
  sorted(): AsyncIterable<ValueCount>;
}

/** So many counts are held in memory, those before in a table. */
const MOST_COUNTS = 1 << 19;

export async function createValueCounts(database: Database, width: number): Promise<ValueCounts> {
  await database.run(
    'CREATE TABLE value_counts (feature INTEGER, value FLOAT, before INTEGER, after INTEGER)',
  );
  const table = await database.appender('value_counts', ['INTEGER', 'FLOAT', 'INTEGER', 'INTEGER']);
  const empty = () => Array.from({ length: width }, () => new Map<number, number>());
  const counts = { before: empty(), after: empty() };
  let held = 0;
  const flush = () => {
    for (const sample of ['before', 'after'] as const) {
      counts[sample].forEach((column, feature) => {
        for (const [value, count] of column) {
          table.add([feature, value, ...(sample === 'before' ? [count, 0] : [0, count])]);
        }
        column.clear();
      });
    }
    held = 0;
  };
  return {
    add(sample, features) {
      const columns = counts[sample];
      features.forEach((value, index) => {
        const column = columns[index % width] as Map<number, number>;
        const count = column.get(value);
        if (count === undefined) held++;
        column.set(value, (count ?? 0) + 1);
      });
      if (held > MOST_COUNTS) flush();
    },
    async *sorted() {
      flush();
      await table.close();
      const sums = `SELECT feature, value, CAST(sum(before) AS DOUBLE), CAST(sum(after) AS DOUBLE) FROM value_counts
        GROUP BY feature, value ORDER BY feature, value`;
      for await (const chunk of database.stream(sums)) {
        for (const row of chunk.getRows() as [number, number, number, number][]) {
          const [column, value, before, after] = row;
          yield { column, value, before, after };
        }
      }
    },
  };
}
