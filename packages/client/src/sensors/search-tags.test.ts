import type { Item } from '@inkling/core';
import { expect, test } from 'vitest';
import { searchTags } from './search-tags.ts';

const catalog: readonly Item[] = [
  { id: 'cape', title: 'Rain cape, red', tags: ['rain', 'outdoor wear'] },
  { id: 'boots', title: 'Boots for the garden', tags: ['rain', 'garden'] },
  { id: 'kettle', title: 'Émail kettle, red', tags: ['kitchen', 'tea'] },
  { id: 'pot', title: 'Kettle of iron', tags: ['kitchen', 'gift'] },
  { id: 'test', title: 'Ovulation thermometer', tags: ['health', 'kitchen'] },
  { id: 'proto', title: '__proto__', tags: ['constructor'] },
  { id: 'bare' },
];
const tagsOf = (text: string) => searchTags(text, catalog, new Set(['health', 'unused-sensitive']));

test.each<[string, string, readonly string[]]>([
  ['a tag', 'something for the RAIN!', ['rain']],
  ['tags, that of more items first', 'gift for a kitchen', ['kitchen', 'gift']],
  ['a tag of two words, when both are there', 'wear outdoor', ['outdoor wear']],
  [
    'no tag of which one word is missing, but the items that the words find',
    'outdoor',
    ['outdoor wear', 'rain'],
  ],
  ['nothing by half of the words', 'for breakfast', []],
  ['another ending', 'gardens', ['garden']],
  ['a longer word that only begins alike', 'gardening', []],
  ['a short word is no beginning of another', 'teas', []],
  ['titles, where no tag is named: what half of the items have', 'kettles', ['kitchen', 'gift', 'tea']],
  ['titles with the most words', 'the red kettle', ['kitchen', 'tea']],
  ['accents', 'emaille EMAIL', ['kitchen', 'tea']],
  ['nothing that the catalog knows', 'ann@example.org', []],
  ['names that every object has', 'constructor', ['constructor']],
  ['no words', ' ?! ', []],
  ['a sensitive tag, named', 'rain and health', []],
  ['a sensitive tag of no item', 'unused sensitive kitchen', []],
  ['a sensitive item, found by its title', 'thermometer', []],
  ['a sensitive item, found beside others by its tag', 'kitchen thermometer', []],
])('%s: %s', (_, text, tags) => {
  expect(tagsOf(text)).toEqual(tags);
});

test('at most five tags, and no more than 256 characters are looked at', () => {
  const many = Array.from({ length: 8 }, (_, i) => ({ id: `${i}`, tags: [`tag${i}`] }));
  const text = many.map(({ tags }) => tags[0]).join(' ');
  expect(searchTags(text, many, new Set())).toHaveLength(5);
  expect(tagsOf(`${' '.repeat(256)}rain`)).toEqual([]);
});
