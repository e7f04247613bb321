/** Markup that may go into a page as it is. Made by `html` and `trusted` alone. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | undefined | readonly Html[];

/** A template whose values are text: everything but other Html is escaped. Undefined is nothing. */
export function html(literals: TemplateStringsArray, ...values: readonly Part[]): Html {
  return trusted(literals.map((literal, index) => literal + markupOf(values[index])).join(''));
}

/** @param markup of our own making, such as a drawing */
export function trusted(markup: string): Html {
  return { markup };
}

function markupOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'object') return 'markup' in part ? part.markup : part.map(markupOf).join('');
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
