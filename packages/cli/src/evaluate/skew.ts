import { type DecisionRecord, type Item, type Pack, replay, type Scorer } from '@inkling/core';
import { describe } from '@inkling/core/describe';
import { createFullEncoder, fullSlateKinds, upgradeSpec } from '@inkling/core/full';

/** A record as it was kept, with the features that the ranker was given where somebody kept them, too. */
export interface KeptRecord extends DecisionRecord {
  /** f32[candidates × width], row by row. */
  readonly features?: readonly number[];
}

/** The pack that served, or would serve, the records. */
export interface SkewPack {
  readonly pack: Pick<Pack, 'spec'>;
  readonly catalog: readonly Item[];
  readonly scorer: Scorer;
}

/** A column of which some values were others when they were served. */
interface ColumnSkew {
  /** As the encoder names it. */
  readonly name: string;
  readonly records: number;
  readonly values: number;
  /** Largest absolute difference. */
  readonly largest: number;
}

/** What `inkling skew --json` prints. */
export interface Skew {
  readonly format: 1;
  readonly records: number;
  /** Records in which anything differs, by their place from 0, the first hundred. */
  readonly differing: readonly number[];
  /** Most values first. */
  readonly features: readonly ColumnSkew[];
  readonly scores: {
    /** Records that have scores. */
    readonly records: number;
    /** Those of them that the pack's ranker scores otherwise. */
    readonly differing: number;
    /** Largest absolute difference of a score; absent where one was no number. */
    readonly largest?: number;
    /** Records whose ranker gave nothing when they were served, or gives nothing now. */
    readonly failed: number;
  };
  /** Records whose slate does not come out of their own scores again. */
  readonly slates: { readonly differing: number };
}

const MOST_PLACES = 100;

/** Encodes, scores and decides records again. Features are what was served against what the pack's catalog gives now: an
 * item that was another when it was shown, or an encoder that was another, tells in the columns it feeds.
 * @param tolerance scores that are nearer are equal: engines differ in their last bits */
export async function skewOf(
  records: Iterable<KeptRecord> | AsyncIterable<KeptRecord>,
  { pack, catalog, scorer }: SkewPack,
  tolerance: number,
): Promise<Skew> {
  const encoder = createFullEncoder(pack.spec);
  const known = new Map(catalog.map((item) => [item.id, item]));
  const columns = describe(upgradeSpec(pack.spec)).map(({ name }) => ({
    ...{ name, records: 0, values: 0, largest: 0 },
  }));
  const differing: number[] = [];
  const scores = { records: 0, differing: 0, largest: 0, failed: 0 };
  const slates = { differing: 0 };
  let count = 0;
  for await (const record of records) {
    const items = record.inputs.candidates.map(({ item }) => item);
    const served = record.features ?? encoder.encode({ ...record.inputs, items });
    const now = encoder.encode({ ...record.inputs, items: items.map((item) => known.get(item.id) ?? item) });
    const { slateDrift, scoreDrift } = replay(record, { encoder, slateKinds: fullSlateKinds, scorer });
    const isOther = addDifferences(columns, served, now);
    const isMoved = slateDrift.length > 0;
    const isRescored = scoreDrift !== undefined && scoreDrift > tolerance;
    if (scoreDrift === undefined || scoreDrift === Infinity) scores.failed++;
    if (scoreDrift !== undefined) {
      scores.records++;
      scores.differing += Number(isRescored);
      scores.largest = Math.max(scores.largest, scoreDrift);
    }
    slates.differing += Number(isMoved);
    if ((isOther || isMoved || isRescored) && differing.length < MOST_PLACES) differing.push(count);
    count++;
  }
  const { largest, ...counted } = scores;
  return {
    format: 1,
    records: count,
    differing,
    features: columns.filter(({ values }) => values > 0).sort((a, b) => b.values - a.values),
    scores: { ...counted, ...(Number.isFinite(largest) && { largest }) },
    slates,
  };
}

/** @returns whether there is any */
function addDifferences(
  columns: { records: number; values: number; largest: number }[],
  served: ArrayLike<number>,
  now: Float32Array,
): boolean {
  const touched = new Set<number>();
  for (let i = 0; i < Math.max(now.length, served.length); i++) {
    // A row that is missing on one side differs in all it has.
    const difference = Math.abs(Math.fround(served[i] ?? Number.NaN) - (now[i] ?? Number.NaN));
    if (difference === 0) continue;
    const at = i % columns.length;
    const column = columns[at] as (typeof columns)[number];
    touched.add(at);
    column.values++;
    column.largest = Math.max(column.largest, difference || 0);
  }
  for (const at of touched) (columns[at] as (typeof columns)[number]).records++;
  return touched.size > 0;
}
