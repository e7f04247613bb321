import { CliError } from '../cli-error.ts';
import type { LoggedList } from '../log/log.ts';

/** One item that was shown at one position. */
export interface Impression {
  readonly visitor: string;
  readonly item: string;
  readonly position: number;
  readonly reward: number;
  /** Probability with which the item was shown there: above 0, at most 1. */
  readonly propensity: number;
}

/** Every item of a list. @param file of the log, for messages @throws CliError for a propensity that is none */
export function impressionsOf(list: LoggedList, file: string): readonly Impression[] {
  const propensities = propensitiesOf(list, file);
  return shownItems(list).map((shown, row) => ({
    ...shown,
    visitor: list.visitor,
    reward: list.labels[row] as number,
    propensity: propensities[row] as number,
  }));
}

/** What a list showed where. */
export function shownItems({
  items,
  positions,
}: LoggedList): readonly Pick<Impression, 'item' | 'position'>[] {
  return items.map(({ id }, row) => ({ item: id, position: positions?.[row] ?? row }));
}

/** @throws CliError where the log states none, or what is none */
export function propensitiesOf({ id, propensities }: LoggedList, file: string): readonly number[] {
  const expected = 'the probability with which each item was shown, above 0 and at most 1';
  if (!propensities)
    throw new CliError(file, `list ${id}`, expected, 'no column that the mapping calls propensity');
  const wrong = propensities.find((propensity) => !(propensity > 0 && propensity <= 1));
  if (wrong !== undefined) throw new CliError(file, `list ${id}`, expected, String(wrong));
  return propensities;
}
