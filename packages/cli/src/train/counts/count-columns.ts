import type { Encoder, Feature } from '@inkling/core';
import { CliError } from '../../cli-error.ts';

type EmbeddingFeature = Extract<Feature, { kind: 'embedding' }>;

/** A feature of kind embedding with one id a row. */
export interface IdColumn {
  /** What it reads. */
  readonly source: string;
  /** The model's input that holds its ids. */
  readonly input: string;
  /** Its column among the encoder's. */
  readonly column: number;
  /** Ids there are: of the vocabulary's words, of nothing and of other words. */
  readonly ids: number;
}

export interface CountColumns {
  /** What is counted: the item itself, or its group or an attribute. */
  readonly item: IdColumn;
  /** By what it is counted: signals of the moment. */
  readonly signals: readonly IdColumn[];
}

/** @throws CliError for a spec that says more than what is counted and by what, which counting would not learn from */
export function countColumns({ spec: { features }, featureOf }: Encoder): CountColumns {
  const isOfItem = ({ source }: EmbeddingFeature) => /^(item|attribute):/.test(source);
  const embeddings = features.filter((feature) => feature.kind === 'embedding');
  const others = features.filter((feature) => feature.kind !== 'embedding' || (feature.length ?? 1) > 1);
  const ofItem = embeddings.filter(isOfItem);
  if (others.length > 0 || ofItem.length !== 1) {
    const found = `${ofItem.length} of the item, ${others.length} of several words or another kind`;
    throw new CliError(
      'spec',
      'features',
      'for counts: one embedding of the item, the others of signals',
      found,
    );
  }
  const inputs = embeddings.map(({ input }) => input);
  const twice = inputs.find((input, place) => inputs.indexOf(input) < place);
  if (twice !== undefined) throw new CliError('spec', 'features', 'for counts: an input for each', twice);
  const columnOf = (feature: EmbeddingFeature): IdColumn => ({
    source: feature.source,
    input: feature.input,
    column: featureOf.indexOf(features.indexOf(feature)),
    ids: feature.vocabulary.length + 2,
  });
  return {
    // There is exactly one.
    item: columnOf(ofItem[0] as EmbeddingFeature),
    signals: embeddings.filter((feature) => !isOfItem(feature)).map(columnOf),
  };
}
