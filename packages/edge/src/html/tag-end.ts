const [TAB, SPACE, DOUBLE, SINGLE, SLASH, EQUALS, GREATER] = [9, 32, 34, 39, 47, 61, 62];

/** The place after the `>` that closes a tag: one that stands in no quoted attribute value. `undefined` where the text
 * ends before.
 *
 * @param from After the tag's name. */
export function tagEnd(text: string, from: number): number | undefined {
  let quote = 0;
  let value: 'none' | 'next' | 'bare' = 'none';
  // The name of an attribute may begin with `=`.
  let isNamed = false;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GREATER) {
      return at + 1;
    } else if (isSpace(code)) {
      if (value === 'bare') value = 'none';
    } else if (value === 'next') {
      value = 'bare';
      isNamed = false;
      if (code === DOUBLE || code === SINGLE) {
        quote = code;
        value = 'none';
      }
    } else if (value === 'none') {
      if (isNamed && code === EQUALS) value = 'next';
      isNamed = code !== SLASH;
    }
  }
  return undefined;
}

/** Tab, line feed, form feed, carriage return or space, by char code; not a number, past the end, is none. */
export function isSpace(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= 13 && code !== 11);
}
