import { literal } from './database.ts';

/** A value that a row must have, or it is refused. */
export interface Rule {
  readonly column: string;
  /** SQL that is true where the value will do; NULL counts as false. */
  readonly holds: string;
  readonly expected: string;
  readonly found: string;
}

/** Between the parts of a fault. */
const UNIT = 'chr(31)';

/** Cells of a list say something of as many items as it has. */
export function alignment(column: string, text: string, item: string, delimiter: string): Rule {
  const count = (value: string) => `len(string_split(${value}, ${literal(delimiter)}))`;
  return {
    column,
    holds: `${item} IS NULL OR ${text} IS NULL OR ${count(text)} = ${count(item)}`,
    expected: 'something of each item of the list',
    found: `${count(text)} || ' for ' || ${count(item)} || ' items'`,
  };
}

/** SQL: whether a text is a number, neither NaN nor infinite. */
export function finite(text: string): string {
  return `coalesce(isfinite(TRY_CAST(${text} AS DOUBLE)), false)`;
}

/** SQL for the first rule that a row breaks: column, what was expected and what was found, or NULL. */
export function faultOf(rules: readonly Rule[]): string {
  const cases = rules.map(
    ({ column, holds, expected, found }) =>
      `WHEN NOT coalesce(${holds}, false) THEN concat_ws(${UNIT}, ${literal(column)}, ${literal(expected)}, coalesce(left(CAST(${found} AS VARCHAR), 60), ''))`,
  );
  return `CASE ${cases.join(' ')} END`;
}
