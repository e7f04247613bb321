import type { Adapter } from '../adapt/adapter.ts';
import type { Candidate } from '../candidates/candidate.ts';
import type { Encoder } from '../encode/create-encoder.ts';
import type { EncodeInput } from '../encode/encode-input.ts';
import { refuse } from '../refuse.ts';

/** The port to the ranker: one score a row, from f32[rows × width]. It may throw. */
export type Scorer = (features: Float32Array, rows: number) => ArrayLike<number>;

/** All that the scores of the candidates depend on. */
export interface RankingRequest extends Omit<EncodeInput, 'items'> {
  /** In authored order. */
  readonly candidates: readonly Candidate[];
  readonly encoder: Encoder;
  readonly scorer: Scorer | undefined;
  /** Adds what the device has learnt. @default nothing is added */
  readonly adapter?: Adapter | undefined;
}

/** The candidates as numbers, row by row. */
export interface Ranking {
  /** f32[candidates × width] */
  readonly features: Float32Array;
  /** The ranker's own score of each. */
  readonly ranked: Float32Array;
  /** With what the device has learnt added. */
  readonly scores: Float32Array;
}

/** Encodes and scores the candidates of a request.
 * @throws InklingError E_MODEL, and whatever the scorer throws */
export function rankCandidates(request: RankingRequest): Ranking {
  const items = request.candidates.map(({ item }) => item);
  const features = request.encoder.encode({ ...request, items });
  const ranked = rankRows(request, features, items.length);
  return { features, ranked, scores: adaptRows(request, features, ranked) };
}

/** The ranker's score of every row.
 * @throws InklingError E_MODEL, and whatever the scorer throws */
export function rankRows(
  { scorer }: Pick<RankingRequest, 'scorer'>,
  features: Float32Array,
  rows: number,
): Float32Array {
  const ranked = new Float32Array(scorer?.(features, rows) ?? []);
  if (ranked.length !== rows || !ranked.every(Number.isFinite)) {
    refuse('E_MODEL', 'model', `${rows} numbers`, ranked);
  }
  return ranked;
}

/** The scores with what the device has learnt; the same array where it has learnt nothing. */
export function adaptRows(
  { adapter, profile }: Pick<RankingRequest, 'adapter' | 'profile'>,
  features: Float32Array,
  ranked: Float32Array,
): Float32Array {
  return adapter?.adapt(profile?.posterior, { ranked, features }) ?? ranked;
}
