const ATTRIBUTE = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));|&(?=[a-z#])/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The attributes of a start tag by name in lower case; of two of one name the first counts. `undefined` where a value
 * has a character reference other than by number and the five of XML: there are two thousand more.
 *
 * @param tag From its `<` to its `>`.
 */
export function attributesOf(tag: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  let isClear = true;
  ATTRIBUTE.lastIndex = /^<[^\s/>]+/.exec(tag)?.[0].length ?? 0;
  for (let match = ATTRIBUTE.exec(tag); match; match = ATTRIBUTE.exec(tag)) {
    const [, name = '', double, single, bare = ''] = match;
    const value = (double ?? single ?? bare).replace(REFERENCE, (_, named, decimal, hex) => {
      if (named) return NAMED[named.toLowerCase()] as string;
      const code = decimal ? Number(decimal) : Number.parseInt(hex ?? 'NaN', 16);
      // Others stand for something else, or for nothing.
      if (code >= 32 && code < 0xd800 && !(code >= 127 && code < 160)) return String.fromCharCode(code);
      isClear = false;
      return '';
    });
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, value);
  }
  return isClear ? found : undefined;
}
