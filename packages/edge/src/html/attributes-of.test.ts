import { expect, test } from 'vitest';
import { attributesOf } from './attributes-of.ts';

const of = (tag: string) => {
  const found = attributesOf(tag);
  return found && Object.fromEntries(found);
};

test.each<[string, Record<string, string> | undefined]>([
  ['<ul>', {}],
  ['<ul data-a="1" DATA-B=2 c d=\'e "f"\'>', { 'data-a': '1', 'data-b': '2', c: '', d: 'e "f"' }],
  ['<br/ a/b=1/>', { a: '', b: '1/' }],
  ['<i a = "1"b=2 a=3>', { a: '1', b: '2' }],
  ['<i a="x &amp;&#39;&#x27;&quot; & y">', { a: "x &''\" & y" }],
  ['<i a="&eacute;">', undefined],
  ['<i a="&amp">', undefined],
  ['<i a="&#128;">', undefined],
  ['<i a="ü">', { a: 'ü' }],
])('%s', (tag, expected) => {
  expect(of(tag)).toEqual(expected);
});
