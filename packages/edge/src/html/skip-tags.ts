/** Where a run of tags of no consequence ends. @param start Of a tag, at its `<`. */
export type SkipTags = (start: number) => number;

/** First letters of the names that `nextTag` has to know: text elements, templates and plain text. */
const TELLING = /[inpstx]/i;
const LETTER = /[a-z]/i;

/**
 * Passes over tags without making anything of them, which is most of the work on a page: those that are neither a
 * template's nor of an element whose content is text, and that do not have the attribute. A place that it stops at is for
 * `nextTag` to look at.
 */
export function createSkipTags(text: string, attribute: string): SkipTags {
  // Each is only ever asked for from a later place on.
  const seek = (found: number, wanted: string, from: number) =>
    found >= from ? found : (text.indexOf(wanted, from) + 1 || text.length + 1) - 1;
  let [wanted, double, single, equals, space] = [-1, -1, -1, -1, -1];

  /** After the tag's `>`; 0 where that takes more than a look. */
  function plainEnd(from: number): number {
    for (let at = from; ; ) {
      const end = text.indexOf('>', at);
      if (end < 0) return 0;
      double = seek(double, '"', at);
      single = seek(single, "'", at);
      if (double > end && single > end) return end + 1;
      equals = seek(equals, '=', at);
      space = seek(space, ' ', at);
      // ` name="value"`: anything else is for those who read letter by letter.
      const isPlain = space < equals && equals === double - 1 && double < single;
      if (!isPlain || !/[\w-]/.test(text[equals - 1] as string)) return 0;
      at = text.indexOf('"', double + 1) + 1;
      if (at === 0) return 0;
    }
  }

  return (start) => {
    for (let at = start; ; ) {
      const isEnd = text[at + 1] === '/';
      const letter = text[at + (isEnd ? 2 : 1)] ?? '';
      if (TELLING.test(letter) || !LETTER.test(letter)) return at;
      const end = plainEnd(at);
      wanted = seek(wanted, attribute, at);
      if (end === 0 || wanted < end) return at;
      const next = text.indexOf('<', end);
      if (next < 0) return end;
      at = next;
    }
  };
}
