import type { AnyFeatureSpec } from '@inkling/core';
import type { NeighbourScores } from '@inkling/core/candidates';
import { describe } from '@inkling/core/describe';
import { createFullEncoder } from '@inkling/core/full';
import { type ColumnType, literal, quoted } from '../log/database.ts';
import type { OpenedLog } from '../log/open-log.ts';
import { replaceAtomically } from '../write-atomically.ts';
import { streamExamples } from './build-dataset.ts';
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
  const table = await database.appender('features', types);
  let rows = 0;
  for await (const example of streamExamples(opened, spec, { popularityOf, neighboursOf })) {
    const { list, features } = example;
    const split = isHeldOut(list.visitor, share) ? 'validation' : 'train';
    const { weight } = encodedList(example);
    list.items.forEach(({ id }, row) => {
      const leading = [list.id, list.visitor, id, row, list.labels[row] ?? 0, weight, split];
      table.add([...leading, ...features.subarray(row * encoder.width, (row + 1) * encoder.width)]);
      rows++;
    });
  }
  await table.close();
  await replaceAtomically(out, (temporary) =>
    database.run(`COPY features TO ${literal(temporary)} (FORMAT parquet, COMPRESSION zstd)`),
  );
  return { rows, columns };
}
