import { CliError } from '../cli-error.ts';

/** What keeps a model from being served, and what to change. */
export interface Refusal {
  readonly place: string;
  readonly expected: string;
  readonly found: string;
  readonly change: string;
}

/** All that is wrong with a model, one line each. */
export class ImportRefused extends CliError {
  readonly refusals: readonly Refusal[];

  constructor(file: string, refusals: readonly [Refusal, ...Refusal[]]) {
    const [{ place, expected, found }] = refusals;
    super(file, place, expected, found);
    this.refusals = refusals;
    this.message = refusals
      .map((refusal) => {
        const { message } = new CliError(file, refusal.place, refusal.expected, refusal.found);
        return `${message}; ${refusal.change}`;
      })
      .join('\n');
  }
}
