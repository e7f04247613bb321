/** What pages may differ by that many visitors share: few values each, nothing of one visitor alone, nothing that
 * crosses documents. */
export type SharedSignal =
  | 'geo.country'
  | 'time.season'
  | 'time.daypart'
  | 'weather.condition'
  | 'weather.temperature'
  | 'device.form';

/** By what the pages that a shared cache keeps differ, and by nothing else. */
export interface SharedSpec {
  /** One or more. */
  readonly signals: readonly SharedSignal[];
  /** Groups of ISO 3166-1 alpha-2 codes, where `geo.country` is among the signals: all of a group get the page of its
   * first country, all in none that of an unknown one. */
  readonly countries?: readonly (readonly string[])[];
}

const VALUES: Readonly<Record<Exclude<SharedSignal, 'geo.country'>, number>> = {
  'time.season': 4,
  'time.daypart': 5,
  'weather.condition': 6,
  'weather.temperature': 5,
  'device.form': 3,
};

/** How many pages there may be of each address: every value of every signal, unknown included, for every arm.
 * @param holdout Share of visitors who get the baseline. */
export function countSharedPages({ signals, countries = [] }: SharedSpec, holdout: number): number {
  const values = signals.map((signal) => 1 + (signal === 'geo.country' ? countries.length : VALUES[signal]));
  return values.reduce((product, count) => product * count, holdout > 0 && holdout < 1 ? 2 : 1);
}
