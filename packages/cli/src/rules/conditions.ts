import { isSignalPath, type SignalPath, seasonOf } from '@inkling/core';
import { cycleOf, valuesOf } from './signal-values.ts';

/** A signal has one of the values. */
interface Condition {
  readonly signal: SignalPath;
  readonly values: readonly string[];
}

/** Conditions that hold together; of several such lists at most one holds. */
export type Alternative = readonly Condition[];

/** What is wrong with a condition: what was expected in its place. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';
}

/** Reads the `when` of a rule. Nothing tells the hemisphere itself, but the season of a month does: a month in the north
 * is that month in its northern season, which makes one alternative for each season.
 * @returns one empty alternative for a rule without conditions
 * @throws ConditionError */
export function readConditions(
  when: Readonly<Record<string, string | readonly string[]>> = {},
): readonly Alternative[] {
  const { hemisphere, ...signals } = when;
  const conditions = Object.entries(signals).map(([signal, values]) =>
    readCondition(signal, [values].flat()),
  );
  if (hemisphere === undefined) return [conditions];
  const month = conditions.find(({ signal }) => signal === 'time.month');
  if (hemisphere !== 'north' && hemisphere !== 'south') {
    throw new ConditionError('north or south as the hemisphere');
  }
  if (!month) throw new ConditionError('time.month beside hemisphere; else use time.season or geo.country');
  const seasonIn = (value: string) => seasonOf(Number(value), hemisphere === 'south');
  return [...new Set(month.values.map(seasonIn))].map((season) => [
    { signal: 'time.month', values: month.values.filter((value) => seasonIn(value) === season) },
    { signal: 'time.season', values: [season] },
    ...conditions.filter((condition) => condition !== month),
  ]);
}

function readCondition(signal: string, texts: readonly string[]): Condition {
  if (!isSignalPath(signal)) {
    throw new ConditionError(`a signal such as weather.condition, or hemisphere, in place of ${signal}`);
  }
  const values = [...new Set(texts.flatMap((text) => readValues(signal, text)))];
  return { signal, values };
}

function readValues(signal: string, text: string): readonly string[] {
  const known = valuesOf(signal);
  if (known) {
    if (known.includes(text)) return [text];
    throw new ConditionError(`one of ${known.join(', ')} for ${signal}, not ${text}`);
  }
  const cycle = cycleOf(signal);
  // Only a range of anything else is numbers: 007 may be a name.
  if (!cycle && !text.includes('-')) return [text];
  const { first, last, names } = cycle ?? { first: 0, last: 999, names: [] };
  const numberOf = (word = '') => {
    const named = names.indexOf(word);
    const number = named >= 0 ? named + first : /^\d+$/.test(word) ? Number(word) : NaN;
    return number >= first && number <= last ? number : NaN;
  };
  const [from, until, ...rest] = text.split('-');
  const [start, end] = [numberOf(from), numberOf(until ?? from)];
  if (rest.length > 0 || Number.isNaN(start + end)) {
    if (!cycle) return [text];
    const words = names.length > 0 ? `${names[0]} to ${names.at(-1)}, or ` : '';
    throw new ConditionError(`${words}${first} to ${last} or a range for ${signal}, not ${text}`);
  }
  if (end < start && !cycle) throw new ConditionError(`a range that ascends for ${signal}, not ${text}`);
  const size = last - first + 1;
  const length = ((end - start + size) % size) + 1;
  return Array.from({ length }, (_, i) => String(((start - first + i) % size) + first));
}
