/** A list as JSON that people read and compare: one entry a line. */
export function oneALine(values: readonly unknown[]): string {
  // A line break inside a text is escaped: those that are left stand between the parts.
  const lines = values.map((value) => JSON.stringify(value, null, 1).replace(/\n\s*/g, ' '));
  return `[\n${lines.map((line) => `  ${line}`).join(',\n')}\n]\n`;
}
