import type { EncodedList, EncodedLists } from '../../dataset/encoded-lists.ts';
import { binOf, type Edges, edgesOf } from './bins.ts';

/** Lists in one byte a number, a column at a time. */
export interface BinnedLists {
  readonly rows: number;
  /** Where each list begins, and where the last one ends. */
  readonly starts: Uint32Array;
  /** Of each list. */
  readonly weights: Float64Array;
  /** 1 for each row that was chosen. */
  readonly labels: Uint8Array;
  /** For each column the bin of each row. */
  readonly columns: readonly Uint8Array[];
}

const BATCH = 256;
/** Rows from which a column's edges are found. */
const SAMPLE_ROWS = 50_000;

/** Every column's edges, from a random sample of the lists. */
export async function findEdges(lists: EncodedLists, seed: string): Promise<readonly Edges[]> {
  const sample: EncodedList[] = [];
  let rows = 0;
  for await (const batch of lists.batches(BATCH, seed)) {
    sample.push(...batch);
    rows += batch.reduce((sum, { labels }) => sum + labels.length, 0);
    if (rows >= SAMPLE_ROWS) break;
  }
  return Array.from({ length: lists.width }, (_, column) => {
    const values = new Float32Array(rows);
    let at = 0;
    for (const { features } of sample) {
      for (let i = column; i < features.length; i += lists.width) values[at++] = features[i] as number;
    }
    return edgesOf(values);
  });
}

/** Reads the lists into memory; of more than `most` a random sample, so that memory stays bounded: one byte for each row
 * and column, and 30 for each row. */
export async function binLists(
  lists: EncodedLists,
  edges: readonly Edges[],
  { most, seed }: { readonly most: number; readonly seed: string },
): Promise<BinnedLists> {
  const starts = [0];
  for await (const list of upTo(lists, most, seed))
    starts.push((starts.at(-1) as number) + list.labels.length);
  const rows = starts.at(-1) as number;
  const labels = new Uint8Array(rows);
  const weights = new Float64Array(starts.length - 1);
  const columns = edges.map(() => new Uint8Array(rows));
  let index = 0;
  for await (const list of upTo(lists, most, seed)) {
    const start = starts[index] as number;
    labels.set(list.labels, start);
    weights[index++] = list.weight;
    for (let row = 0; row < list.labels.length; row++) {
      edges.forEach((ends, column) => {
        const bin = binOf(list.features[row * lists.width + column] as number, ends);
        (columns[column] as Uint8Array)[start + row] = bin;
      });
    }
  }
  return { rows, starts: Uint32Array.from(starts), weights, labels, columns };
}

async function* upTo(lists: EncodedLists, most: number, seed: string): AsyncIterable<EncodedList> {
  let left = most;
  for await (const batch of lists.batches(BATCH, seed)) {
    for (const list of batch) {
      if (left-- <= 0) return;
      yield list;
    }
  }
}
