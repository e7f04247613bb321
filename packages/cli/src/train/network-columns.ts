import type { Encoder } from '@inkling/core';
import { CliError } from '../cli-error.ts';

/** A feature whose values are rows of a table. */
interface IdField {
  /** Name of the model's input that holds its ids. */
  readonly input: string;
  /** Its columns among the encoder's. */
  readonly columns: readonly number[];
  /** Its first row in the table of all fields. */
  readonly offset: number;
}

/** How a network reads the encoder's columns. */
export interface NetworkColumns {
  /** Columns of the encoder that are numbers, which are the columns of the model's input `features`. */
  readonly dense: readonly number[];
  /** Fields of one input stand together. */
  readonly fields: readonly IdField[];
  /** Rows of the table of all fields: one for each word, and for each field one for nothing and one for other words. */
  readonly tableRows: number;
}

/** @throws CliError for an embedding that is named like the model's output */
export function networkColumns({ spec, featureOf }: Encoder): NetworkColumns {
  const columnsOf = (index: number) => [...featureOf.keys()].filter((column) => featureOf[column] === index);
  const embeddings = spec.features.flatMap((feature, index) =>
    feature.kind === 'embedding' ? [{ feature, columns: columnsOf(index) }] : [],
  );
  const taken = embeddings.find(({ feature }) => feature.input === 'score');
  if (taken) throw new CliError('spec', 'an embedding', 'another input than the name of the output', 'score');
  const inputs = [...new Set(embeddings.map(({ feature }) => feature.input))];
  let tableRows = 0;
  const fields = inputs.flatMap((input) =>
    embeddings
      .filter(({ feature }) => feature.input === input)
      .map(({ feature, columns }): IdField => {
        const offset = tableRows;
        tableRows += feature.vocabulary.length + 2;
        return { input, columns, offset };
      }),
  );
  const ids = new Set(fields.flatMap(({ columns }) => columns));
  return { dense: [...featureOf.keys()].filter((column) => !ids.has(column)), fields, tableRows };
}
