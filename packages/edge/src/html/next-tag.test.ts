import { expect, test } from 'vitest';
import { type NextTag, nextTag } from './next-tag.ts';

/** Every tag of the text, as `name` or `/name`, and what it ends in. */
function tagsOf(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; ; ) {
    const tag: NextTag = nextTag(text, at);
    if (tag === 'unclear') return [...found, tag];
    if ('more' in tag) return tag.more === text.length ? found : [...found, `…${text.slice(tag.more)}`];
    found.push(tag.kind === 'end' ? `/${tag.name}` : tag.name);
    at = tag.next;
  }
}

test.each([
  ['<!doctype html><P class="a>b">x < y</P>', ['p', '/p']],
  ['<!-- <a> --><!--><b><!---><i><!-- --!><u>', ['b', 'i', 'u']],
  ['<?php <a> ?><b></ a><i></>', ['b', 'i']],
  ['<script>"<ul>" </scripty> </script ><a>', ['script', 'a']],
  ['<title><b></title><textarea><i></TEXTAREA\n><style>a>b{}</style>', ['title', 'textarea', 'style']],
  ['<noscript><img></noscript><p>', ['noscript', 'p']],
  ['<script><!-- if (a) //--></script><b>', ['script', 'b']],
  ['<script><!-- <script> </script> <ul> --></script>', ['unclear']],
  ['<plaintext><ul>', ['unclear']],
  ['<a href=/><b a=">"c=\'>\'>', ['a', 'b']],
  [`<a ='>'<b/=">"<i a = '>'>`, ['a', 'b', 'i']],
  ['a <', ['…<']],
  ['<!', ['…<!']],
  ['<!-', ['…<!-']],
  ['<!-- > ', ['…<!-- > ']],
  ['</', ['…</']],
  ['<b', ['…<b']],
  ['<b a="', ['…<b a="']],
  ['<b a=">', ['…<b a=">']],
  ['<i><script>x</script', ['i', '…<script>x</script']],
])('%s', (text, expected) => {
  expect(tagsOf(text)).toEqual(expected);
});
