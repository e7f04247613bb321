import type { SlateRequest } from '../slate-request.ts';

/** A request, what stays from an earlier slate, and a slate to follow instead of drawing. */
export interface FullRequest extends SlateRequest {
  /** Ids in their order; each that may stand in the slate does, with certainty. @default none */
  readonly staying?: readonly string[];
  readonly follow?: Follow;
}

export interface Follow {
  readonly ids: readonly string[];
  /** Told of the probability of each item that would have been drawn. */
  readonly meet: (propensity: number) => void;
}
