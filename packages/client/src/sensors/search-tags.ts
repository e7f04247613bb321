import { type Item, isSensitive } from '@inkling/core';

const MAX_TAGS = 5;
/** UTF-16 units of a search that are looked at. */
const MAX_TEXT = 256;

/** The tags of the catalog that a visitor's words mean: those that the words name, else those of at least half of the
 * items that have the most of the words, and more than half of them. At most five, those of the most items first. None
 * where a sensitive tag is named or a sensitive item found.
 * @param text as it was typed; nothing of it is in what is returned but what is a tag anyway */
export function searchTags(
  text: string,
  catalog: readonly Item[],
  sensitive: ReadonlySet<string>,
): readonly string[] {
  const sought = wordsOf(text.slice(0, MAX_TEXT));
  const names = (known: readonly string[]) =>
    known.length > 0 && known.every((word) => sought.some((one) => isAlike(one, word)));
  const items = catalog.map((item) => ({ item, tags: item.tags ?? [], words: wordsOfItem(item) }));
  const all = new Set([...sensitive, ...items.flatMap(({ tags }) => tags)]);
  const named = new Set([...all].filter((tag) => names(wordsOf(tag))));
  if ([...named].some((tag) => sensitive.has(tag))) return [];
  const hits = items.map(
    ({ words }) => sought.filter((word) => words.some((one) => isAlike(one, word))).length,
  );
  const most = hits.reduce((a, b) => Math.max(a, b), Math.floor(sought.length / 2) + 1);
  const found = items.filter((_, i) => hits[i] === most);
  if (found.some(({ item }) => isSensitive(item, sensitive))) return [];
  const counts = new Map<string, number>();
  for (const { tags } of named.size > 0 ? items : found) {
    for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .filter(([tag, count]) => (named.size > 0 ? named.has(tag) : count * 2 >= found.length))
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, MAX_TAGS)
    .map(([tag]) => tag);
}

function wordsOfItem({ title = '', tags = [] }: Item): readonly string[] {
  return wordsOf([title, ...tags].join(' '));
}

/** Without case and accents. */
function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The same word, or one with an ending of at most two letters. */
function isAlike(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return a === b || (short.length >= 4 && long.length - short.length <= 2 && long.startsWith(short));
}
