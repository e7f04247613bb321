/** One measured figure. */
export interface BenchRow {
  readonly case: string;
  readonly metric: string;
  readonly value: number;
  /** Ends of the 95% interval, or of the spread. */
  readonly low?: number;
  readonly high?: number;
  readonly unit: string;
}

/** What each file of this folder exports as `bench`. @param args its own command-line options */
export type Bench = (args: readonly string[]) => Promise<readonly BenchRow[]>;
