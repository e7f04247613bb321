import type { SlateRequest } from '../slate-request.ts';

/** A request, and a slate to follow instead of drawing. */
export interface FullRequest extends SlateRequest {
  readonly follow?: Follow;
}

export interface Follow {
  readonly ids: readonly string[];
  /** Told of the probability of each item that would have been drawn. */
  readonly meet: (propensity: number) => void;
}
