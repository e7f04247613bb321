import type { DuckDBValue } from '@duckdb/node-api';
import type { AnyFeatureSpec } from '@inkling/core';
import type { NeighbourScores } from '@inkling/core/candidates';
import { describe } from '@inkling/core/describe';
import { createFullEncoder } from '@inkling/core/full';
import { type ColumnType, literal, quoted } from '../log/database.ts';
import type { OpenedLog } from '../log/open-log.ts';
import { replaceAtomically } from '../write-atomically.ts';
import { type Example, streamExamples } from './build-dataset.ts';
import { encodedList } from './encoded-lists.ts';
import { isHeldOut } from './held-out.ts';
import { crossFittedFrom } from './popularity.ts';

export interface WrittenFeatures {
  readonly rows: number;
  /** Of the encoder, in its order. */
  readonly columns: readonly string[];
}

/** What stands before the encoder's columns. `split` is `train` or `validation`, the latter for the visitors whom
 * `inkling train` keeps from training. */
const LEADING: Readonly<Record<string, ColumnType>> = {
  list: 'VARCHAR',
  visitor: 'VARCHAR',
  item: 'VARCHAR',
  position: 'INTEGER',
  label: 'FLOAT',
  weight: 'FLOAT',
  split: 'VARCHAR',
};
/** Rows of a chunk of DuckDB. */
const CHUNK_ROWS = 2048;

interface WriteFeaturesOptions {
  readonly out: string;
  /** Of visitors kept for validation. @default 0.15 */
  readonly share?: number;
  /** @default nothing is known of what goes together */
  readonly neighboursOf?: NeighbourScores | undefined;
}

/** Writes what `inkling train` learns from as Parquet, for training elsewhere: one row for each item of each list. */
export async function writeFeatures(
  opened: OpenedLog,
  spec: AnyFeatureSpec,
  { out, share = 0.15, neighboursOf }: WriteFeaturesOptions,
): Promise<WrittenFeatures> {
  const { database } = opened;
  const encoder = createFullEncoder(spec);
  const columns = describe(encoder.spec).map(({ name }) => name);
  const named = [...Object.entries(LEADING), ...columns.map((name) => [name, 'FLOAT'] as const)];
  const types = named.map(([, type]) => type);
  await database.run(
    `CREATE TABLE features (${named.map(([name, type]) => `${quoted(name)} ${type}`).join(', ')})`,
  );
  const popularityOf = await crossFittedFrom(opened, spec);
  const append = await database.appender('features', types);
  let rows = 0;
  let cells: DuckDBValue[][] = types.map(() => []);
  const flush = () => {
    append(cells);
    cells = types.map(() => []);
  };
  for await (const example of streamExamples(opened, spec, { popularityOf, neighboursOf })) {
    const split = isHeldOut(example.list.visitor, share) ? 'validation' : 'train';
    example.list.items.forEach((_, row) => {
      addRow(cells, { example, row, split, width: encoder.width });
      rows++;
      if (cells[0]?.length === CHUNK_ROWS) flush();
    });
  }
  flush();
  append();
  await replaceAtomically(out, (temporary) =>
    database.run(`COPY features TO ${literal(temporary)} (FORMAT parquet, COMPRESSION zstd)`),
  );
  return { rows, columns };
}

interface Row {
  readonly example: Example;
  readonly row: number;
  readonly split: string;
  readonly width: number;
}

function addRow(cells: readonly DuckDBValue[][], { example, row, split, width }: Row): void {
  const { list, features } = example;
  const { weight } = encodedList(example);
  const leading = [
    list.id,
    list.visitor,
    list.items[row]?.id ?? '',
    row,
    list.labels[row] ?? 0,
    weight,
    split,
  ];
  for (const [column, value] of leading.entries()) cells[column]?.push(value);
  for (let column = 0; column < width; column++) {
    cells[leading.length + column]?.push(features[row * width + column] as number);
  }
}
