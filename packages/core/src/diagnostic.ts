/** What went otherwise than planned, as data: the page goes on, whoever listens learns why. */
export interface Diagnostic {
  readonly code: string;
  /** Where in the decision: `consent`, `pack`, `context`, `profile`, `encode`, `score`, `slate`, `render`, … */
  readonly stage: string;
  readonly message: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly cause?: unknown;
}
