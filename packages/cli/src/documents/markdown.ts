/** A table of GitHub's Markdown; the first row names the columns. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Blocks with an empty line between. */
export function markdownPage(...blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

/** Items of a list without numbers. */
export function markdownList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

export function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
