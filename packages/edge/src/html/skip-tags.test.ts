import { prng } from '@inkling/core';
import { expect, test } from 'vitest';
import { nextTag } from './next-tag.ts';
import { createSkipTags } from './skip-tags.ts';

const PARTS =
  '<|>|"|\'|=|/| |a|b|<a|<b |</b>|<p>|<i>|<script>|</script>|<template>|<!--|-->|<! >| x|="1"|="a>b"|=\'>\'|=x="y>z"|data-k|<ul data-k=s>|<u data-k="t">|ü'.split(
    '|',
  );

/** Whatever matters of the tags of a text: where they are, and where the text is left off. */
function read(text: string, isSkipping: boolean): readonly string[] {
  const skip = isSkipping ? createSkipTags(text, 'data-k') : undefined;
  const found: string[] = [];
  for (let at = 0; ; ) {
    const tag = nextTag(text, at, skip);
    if (tag === 'unclear') return [...found, tag];
    if ('more' in tag) return [...found, `more ${tag.more}`];
    const own = text.slice(tag.start, tag.end);
    if (tag.next > tag.end || tag.name === 'template' || own.includes('data-k'))
      found.push(`${tag.kind} ${tag.name} ${tag.start} ${tag.next}`);
    at = tag.next;
  }
}

test('what matters is found in the same places, whatever the text', () => {
  const random = prng('skip', 'texts');
  let told = 0;
  for (let run = 0; run < 20_000; run++) {
    const text = Array.from({ length: 3 + (random() % 20) }, () => PARTS[random() % PARTS.length]).join('');
    const expected = read(text, false);
    told += expected.length - 1;
    expect(read(text, true), text).toEqual(expected);
  }
  expect(told).toBeGreaterThan(10_000);
});
