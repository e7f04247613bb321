import { type EdgeSlate, prng } from '@inkling/core';
import { expect, test } from 'vitest';
import { type Chunk, readChunks } from '../html/chunk-reader.ts';
import { concatenate } from '../html/concatenate.ts';
import { streamOf } from '../html/stream-of.ts';
import { rewriteSlots } from './rewrite-slots.ts';
import { createSlotMemo } from './slot-memo.ts';
import { authoredIds } from './write-slot.ts';

const bytesOf = (text: string): Chunk => [new TextEncoder().encode(text)];
const textOf = (chunk: Chunk | undefined) => new TextDecoder().decode(chunk && concatenate(chunk));

/** A decision that shows these ids. */
const slateOf = (slot: string, ids: readonly string[], authored: readonly string[]): EdgeSlate => ({
  kind: 'order',
  slate: {
    decisionId: 'd',
    slot,
    source: 'edge',
    arm: 'personalized',
    items: ids.map((id, position) => ({
      id,
      position,
      score: 0,
      propensity: 1,
      via: 'rank' as const,
      arms: [id],
    })),
    propensity: 1,
  },
  authored,
  now: 0,
  version: 1,
});

const NOTHING_KNOWN = { now: 0, moment: () => '', note: () => {} };

/** What goes out, each slate as `[slot]`, with the slots that were not clear. */
async function rewrite(
  html: string | Uint8Array,
  decided: Readonly<Record<string, readonly string[]>>,
  size = Number.POSITIVE_INFINITY,
  memo = createSlotMemo(),
) {
  const bytes = typeof html === 'string' ? new TextEncoder().encode(html) : html;
  const unclear: (string | undefined)[] = [];
  let at = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const chunk = bytes.subarray(at, at + size);
      at += chunk.length;
      if (chunk.length > 0) controller.enqueue(chunk.slice());
      else controller.close();
    },
  });
  const { read, cancel } = readChunks(source);
  const rewritten = rewriteSlots(read, {
    slots: new Set(Object.keys(decided)),
    memo,
    page: {
      now: 0,
      moment: () => JSON.stringify(decided),
      decide: (slot) => slateOf(slot.id, decided[slot.id] ?? [], authoredIds(slot)),
      note: () => {},
    },
    onUnclear: (slot) => unclear.push(slot),
  });
  const body = new Uint8Array(await new Response(streamOf({ read: rewritten, cancel })).arrayBuffer());
  const text = new TextDecoder().decode(body);
  return {
    body,
    unclear,
    text: text.replace(/ data-inkling-kind='edge' data-inkling-slate='[^']*?"slot":"(.*?)"[^']*'/g, ' [$1]'),
    slates: [...text.matchAll(/ data-inkling-slate='([^']*)'/g)].map(([, json = '']) =>
      JSON.parse(json.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))),
    ),
  };
}

const item = (id: string, more = '') => `<li data-inkling-item="${id}">${id}${more}</li>`;

test.each<[string, string, readonly string[], string]>([
  [
    'the order of the slate, with what stands between in its place',
    `<ul data-inkling-slot=s>\n ${item('a')}\n <!-- x -->${item('b')}<li>ad</li>${item('c')} </ul>`,
    ['c', 'a', 'b'],
    `<ul [s] data-inkling-slot=s>\n ${item('c')}\n <!-- x -->${item('a')}<li>ad</li>${item('b')} </ul>`,
  ],
  [
    'what the slate does not name in authored order, what the page does not have not at all',
    `<ul data-inkling-slot=s>${item('a')}${item('b')}${item('c')}</ul>`,
    ['gone', 'c'],
    `<ul [s] data-inkling-slot=s>${item('c')}${item('a')}${item('b')}</ul>`,
  ],
  [
    'items with markup of every kind in them',
    `<div class="a>b" data-inkling-slot='s'><div data-inkling-item=a><script>"</div>"</script><br><svg><path d=""/></svg></div>` +
      `<div data-inkling-item=b><p>x<b>y</b></p><!-- </div> --><textarea></div></textarea></div></div>`,
    ['b'],
    `<div [s] class="a>b" data-inkling-slot='s'><div data-inkling-item=b><p>x<b>y</b></p><!-- </div> --><textarea></div></textarea></div>` +
      `<div data-inkling-item=a><script>"</div>"</script><br><svg><path d=""/></svg></div></div>`,
  ],
  [
    'a slot that stands in another is the client’s',
    `<ul data-inkling-slot=s>${item('a', `<ul data-inkling-slot=t>${item('x')}${item('y')}</ul>`)}${item('b')}</ul>`,
    ['b', 'a'],
    `<ul [s] data-inkling-slot=s>${item('b')}${item('a', `<ul data-inkling-slot=t>${item('x')}${item('y')}</ul>`)}</ul>`,
  ],
  [
    'a variant, which changes places with the authored one',
    `<div data-inkling-slot=s data-inkling-kind=variant><p data-inkling-item="a&amp;">A</p>\n` +
      `<template data-inkling-variant=b> <h2 class=x>B</h2> </template><template data-inkling-variant=c><p>C</p></template></div>`,
    ['b'],
    `<div [s] data-inkling-slot=s data-inkling-kind=variant><h2 data-inkling-item='b' class=x>B</h2>\n` +
      `<template data-inkling-variant='a&#38;'><p data-inkling-item="a&amp;">A</p></template><template data-inkling-variant=c><p>C</p></template></div>`,
  ],
  [
    'the authored variant',
    `<div data-inkling-slot=s data-inkling-kind=variant><p data-inkling-item=a>A</p><template data-inkling-variant=b><p>B</p></template></div>`,
    ['a'],
    `<div [s] data-inkling-slot=s data-inkling-kind=variant><p data-inkling-item=a>A</p><template data-inkling-variant=b><p>B</p></template></div>`,
  ],
])('a slot shows %s, however the page is cut', async (_, html, ids, expected) => {
  const page = `<!doctype html><title>Grüße</title>${html}<p>🌧 the end`;
  for (const size of [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, Number.POSITIVE_INFINITY]) {
    const { text, unclear } = await rewrite(page, { s: ids, t: ['y', 'x'] }, size);
    expect(text).toBe(`<!doctype html><title>Grüße</title>${expected}<p>🌧 the end`);
    expect(unclear).toEqual([]);
  }
});

test('the slate is there to read, whatever the ids are', async () => {
  const ids = ['ü"', "'&<🌧>"];
  const html = `<ul data-inkling-slot=s><li data-inkling-item='ü"'></li><li data-inkling-item="'&amp;&lt;🌧>"></li></ul>`;
  const { slates } = await rewrite(html, { s: [...ids].reverse() });
  expect(slates).toEqual([slateOf('s', [...ids].reverse(), ids)]);
});

test('two slots of one page are decided in its order', async () => {
  const html = `<ul data-inkling-slot=s>${item('a')}${item('b')}</ul><ul data-inkling-slot=t>${item('c')}${item('d')}</ul>`;
  const { slates, text } = await rewrite(html, { t: ['d'], s: ['b'] });
  expect(slates.map(({ slate }) => slate.slot)).toEqual(['s', 't']);
  expect(text).toBe(
    `<ul [s] data-inkling-slot=s>${item('b')}${item('a')}</ul><ul [t] data-inkling-slot=t>${item('d')}${item('c')}</ul>`,
  );
});

const slot = `<ul data-inkling-slot=s>${item('a')}${item('b')}</ul>`;
const noise = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 2_654_435_761) >>> 13);

test.each<[string, string | Uint8Array, readonly string[]]>([
  ['nothing', '', []],
  ['no slot', '<!doctype html><p>x', []],
  ['noise', noise, []],
  ['a slot that is another’s', slot.replace('=s', '=other'), []],
  ['a slot in a comment', `<!-- ${slot} -->`, []],
  ['a slot in a script', `<script>x = '${slot}'</script>`, []],
  ['a slot in a script within a comment', `<script><!-- <script></script> ${slot} --></script>`, []],
  ['a slot in a text area', `<textarea>${slot}</textarea>`, []],
  ['a slot in an attribute', `<p title='${slot}'>`, []],
  ['a slot in a template', `<template><p>${slot}</template>`, []],
  ['a slot as plain text', `<plaintext>${slot}`, []],
  ['a slot that does not end', slot.slice(0, -5), []],
  ['a slot that is cut off', slot.slice(0, -1), []],
  [
    'items that do not end',
    `<ul data-inkling-slot=s><li data-inkling-item=a>a<li data-inkling-item=b>b</ul>`,
    ['s'],
  ],
  ['a paragraph that ends by itself', slot.replace('>a<', '><p>a<div></div></p><'), ['s']],
  ['a link in a link', slot.replace('>a<', '><a><b><a></a></b></a><'), ['s']],
  ['tags that cross', slot.replace('>a<', '><b><i></b></i><'), ['s']],
  [
    'a table',
    slot
      .replaceAll('<li', '<tr')
      .replaceAll('</li', '</tr')
      .replace('<ul', '<tbody')
      .replace('/ul', '/tbody'),
    ['s'],
  ],
  ['an id that takes a book to read', slot.replace('=a', '=&eacute;').replace('"a"', '"&eacute;"'), ['s']],
  [
    'a variant with nothing to show',
    '<div data-inkling-slot=s data-inkling-kind=variant><p data-inkling-item=a></p><template data-inkling-variant=b>text</template></div>',
    [],
  ],
])('%s passes byte for byte, however it is cut', async (_, html, unclear) => {
  const page = typeof html === 'string' ? new TextEncoder().encode(html) : html;
  for (const size of [page.length > 1000 ? 4096 : 1, 7777, Number.POSITIVE_INFINITY]) {
    const rewritten = await rewrite(html, { s: ['b'] }, size);
    expect(Buffer.compare(rewritten.body, page)).toBe(0);
    expect(rewritten.unclear).toEqual(unclear);
  }
});

test('a page that would have to be held back for long, or read again and again, is passed on', async () => {
  const long = `<ul data-inkling-slot=s>${item('a', 'x'.repeat(20_000))}${item('b')}</ul>`;
  const { text, unclear } = await rewrite(long, { s: ['b'] }, 16);
  expect(text).toBe(long);
  expect(unclear).toEqual([undefined]);
  const longer = long.replace('xx', 'x'.repeat(400_000));
  const given = await rewrite(longer, { s: ['b'] }, 65_536);
  expect([given.text, given.unclear]).toEqual([longer, [undefined]]);
});

test('what came before the origin failed goes out before the failure does', async () => {
  const parts = [`<p>${slot.slice(0, 40)}`];
  const read = async () => {
    const part = parts.shift();
    if (part === undefined) throw new Error('connection lost');
    return bytesOf(part);
  };
  const rewritten = rewriteSlots(read, {
    slots: new Set('s'),
    page: { ...NOTHING_KNOWN, decide: () => undefined },
    memo: createSlotMemo(),
    onUnclear: () => undefined,
  });
  const first = [await rewritten(), await rewritten()].map(textOf);
  expect(first.join('')).toBe(`<p>${slot.slice(0, 40)}`);
  await expect(rewritten()).rejects.toThrow('connection lost');
});

test('a decision that fails costs the slot its order and the page nothing', async () => {
  const causes: unknown[] = [];
  let read: number = 0;
  const rewritten = rewriteSlots(async () => (read++ ? undefined : bytesOf(`${slot}<p>`)), {
    slots: new Set('s'),
    page: {
      ...NOTHING_KNOWN,
      decide: () => {
        throw new Error('no');
      },
    },
    memo: createSlotMemo(),
    onUnclear: (_, cause) => causes.push(cause),
  });
  expect(textOf(await rewritten())).toBe(`${slot}<p>`);
  expect(await rewritten()).toBeUndefined();
  expect(causes).toEqual([new Error('no')]);
});

test('a slot that was written in the same moment goes out as it did then, undecided; another, or one of long ago, does not', async () => {
  const memo = createSlotMemo();
  let decided = 0;
  const visit = async (html: string, now: number, moment = 'rain') => {
    let given = 0;
    const noted: string[] = [];
    const rewritten = rewriteSlots(async () => (given++ ? undefined : bytesOf(html)), {
      slots: new Set('s'),
      memo,
      page: {
        now,
        moment: () => moment,
        decide: (authored) => ({ ...slateOf('s', ['b'], authoredIds(authored)), now: decided++ && now }),
        note: ({ slate }) => noted.push(...slate.items.map(({ id }) => id)),
      },
      onUnclear: () => {},
    });
    return [textOf(await rewritten()).replace(/"now":\d+/, ''), noted];
  };
  const [first, noted] = await visit(`<p>${slot}<p>`, 0);
  expect([decided, noted]).toEqual([1, ['b']]);
  expect(await visit(`<p>${slot}<p>`, 59_999)).toEqual([first, ['b']]);
  expect(decided).toBe(1);
  // Alike at the beginning only.
  await visit(`<p>${slot.replace('>b<', '>c<')}<p>`, 0);
  expect(decided).toBe(2);
  await visit(`<p>${slot}<p>`, 0, 'sun');
  expect(decided).toBe(3);
  expect(await visit(`<p>${slot}<p>`, 60_000)).toEqual([first, ['b']]);
  expect(decided).toBe(4);
});

const soup = [
  slot,
  slot.replace('<ul', "<ul title='<i>'"),
  `<!-- ${slot} -->`,
  `<script>if (a<b) x = '${slot}'</script>`,
  `<textarea>${slot}</textarea>`,
  '<template>',
  '</template>',
  '<p title="a>b">ü',
  '<a "b',
  '<style>a>b{}</style>',
  '<!',
  '</',
  'text < more > text',
];

test('whatever the markup and however it is cut, the same goes out', async () => {
  const random = prng('soup', 'markup');
  const draw = (below: number) => random() % below;
  for (let round = 0; round < 300; round++) {
    const html = Array.from({ length: draw(8) }, () => soup[draw(soup.length)]).join('');
    const size = 1 + draw(60);
    const [whole, cut] = [await rewrite(html, { s: ['b'] }), await rewrite(html, { s: ['b'] }, size)];
    expect(cut.text, `${size}: ${html}`).toBe(whole.text);
  }
});
