import { hash } from '../prng.ts';
import type { HashedFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { wordsOf } from './source.ts';

/** The lowest bit of the hash gives the sign, the others the column. */
export function hashedColumns({ sources, buckets, seed = '' }: HashedFeature, table: FeatureTable): Columns {
  const reads = sources.map((path) => wordsOf(path, table));
  return {
    unknown: Array.from({ length: buckets }, () => 0),
    write: (list, out) => (item, start, row) => {
      let texts = [seed];
      for (const read of reads) {
        const words = read(item, list, row).filter((word) => word !== 'unknown');
        texts = texts.flatMap((text) => words.map((word) => `${text}\0${word}`));
      }
      const sums = new Map<number, number>();
      for (const text of texts) {
        const bits = hash(text, 0);
        const column = (bits >>> 1) % buckets;
        sums.set(column, (sums.get(column) ?? 0) + (bits & 1 ? 1 : -1));
      }
      for (const [column, sum] of sums) out[start + column] = sum;
    },
  };
}
