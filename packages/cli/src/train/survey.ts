import { createHash } from 'node:crypto';
import type { EncodedList, EncodedLists } from '../dataset/encoded-lists.ts';
import type { NetworkColumns } from './network-columns.ts';

/** What one look at the training lists tells. */
export interface Survey {
  /** Names the lists, in whatever order they come: 64 hex digits. */
  readonly hash: string;
  readonly visitors: number;
  /** For each dense column one over the root mean square of what is not 0 in it, so that a price in cents and a share
   * start with equal rights, and a one-hot column stays as it is. */
  readonly scale: Float32Array;
}

export async function surveyLists(lists: EncodedLists, { dense }: NetworkColumns): Promise<Survey> {
  const squares = new Float64Array(dense.length);
  const counts = new Float64Array(dense.length);
  // Names of many visitors take much memory.
  const visitors = lists.visitors === undefined ? new Set<string>() : undefined;
  let hash = 0n;
  for await (const batch of lists.batches(256, 'survey')) {
    for (const list of batch) {
      visitors?.add(list.visitor);
      hash += hashOf(list);
      for (let start = 0; start < list.features.length; start += lists.width) {
        dense.forEach((column, i) => {
          const value = list.features[start + column] as number;
          squares[i] = (squares[i] as number) + value * value;
          counts[i] = (counts[i] as number) + Number(value !== 0);
        });
      }
    }
  }
  return {
    // The sum of the lists' hashes does not depend on their order.
    hash: BigInt.asUintN(256, hash).toString(16).padStart(64, '0'),
    visitors: visitors?.size ?? (lists.visitors as number),
    scale: Float32Array.from(squares, (square, i) =>
      square > 0 ? Math.sqrt((counts[i] as number) / square) : 1,
    ),
  };
}

function hashOf({ visitor, features, labels, weight }: EncodedList): bigint {
  const { buffer, byteOffset, byteLength } = features;
  const digest = createHash('sha256')
    .update(JSON.stringify([visitor, weight, Array.from(labels)]))
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
  return BigInt(`0x${digest}`);
}
