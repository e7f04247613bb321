import { createConsent } from '@inkling/consent';
import { createContext, createGate, type SlotSpec } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideSlot } from '../../packages/client/src/decide-slot.ts';
import { type LoadedPack, loadPack } from '../../packages/client/src/load-pack.ts';
import { buildEdgePack, edgePage } from './edge-pack.ts';
import { shownIn, slotsOf } from './slots-of.ts';
import { type OriginAnswer, type RunningEdge, startEdge } from './start-edge.ts';

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile/15E148 Safari/604.1';
const DESKTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const visitors = [
  { cf: { country: 'DE', timezone: 'Europe/Berlin' }, headers: { 'user-agent': PHONE } },
  { cf: { country: 'NO', timezone: 'Asia/Tokyo' }, headers: { 'user-agent': DESKTOP } },
  { cf: { country: 'BR', timezone: 'America/Bahia' }, headers: { 'user-agent': 'unheard of' } },
  { cf: { country: 'T1' }, headers: { 'user-agent': PHONE } },
];
const page: OriginAnswer = {
  body: edgePage,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "script-src 'nonce-abc'",
  },
};

let files: ReadonlyMap<string, Uint8Array>;
let answers: Record<string, OriginAnswer> = {};
let edge: RunningEdge;
let loaded: LoadedPack;

beforeAll(async () => {
  files = await buildEdgePack();
  edge = await startEdge({
    worker: new URL('./edge-pack-worker.ts', import.meta.url),
    cf: {},
    origin: ({ url }) => {
      const { pathname } = new URL(url);
      const file = files.get(pathname.slice('/inkling/'.length));
      return answers[pathname] ?? (file ? { body: file, headers: {} } : page);
    },
  });
  loaded = await loadPack({
    url: new URL('https://shop.test/inkling/pack.json'),
    fetch: async (url) => new Response(files.get(String(url).split('/').at(-1) ?? '') as BodyInit),
    subtle: crypto.subtle,
    now: Date.now,
    keys: undefined,
    gate: createGate({ consent: createConsent({ storage: undefined, now: Date.now }), report: expect.fail }),
  });
});

afterAll(() => edge?.dispose());

test.each(visitors)('a page’s slots show what the client would decide for $cf.country', async (visitor) => {
  const { text, headers } = await edge.visit('/', visitor);
  const { context, slates } = slotsOf(text);
  expect(slates.map(({ slate }) => slate.slot)).toEqual(['hero', 'grid', 'more']);
  const shown = new Set<string>();
  for (const { slate, authored, now, version } of slates) {
    const spec = loaded.pack.slots.find(({ id }) => id === slate.slot) as SlotSpec;
    const decision = await decideSlot(
      spec,
      { items: authored.map((id) => ({ id })), ...({ hero: { k: 1 }, more: { k: 3 } }[slate.slot] ?? {}) },
      {
        isLate: () => false,
        loaded,
        adapter: undefined,
        context: createContext(context),
        profile: undefined,
        arm: 'personalized',
        shown: new Set(shown),
        seed: 'any',
        now,
      },
    );
    expect(slate.items).toEqual(decision?.slate.items);
    expect([slate.source, slate.arm, slate.propensity, version]).toEqual(['edge', 'personalized', 1, 1]);
    expect(shownIn(text, slate.slot).slice(0, slate.items.length)).toEqual(slate.items.map(({ id }) => id));
    for (const { id } of slate.items) shown.add(id);
  }
  expect(shownIn(text, 'own')).toEqual(['item-20', 'item-21', 'item-22']);
  expect(headers.get('content-security-policy')).toBe("script-src 'nonce-abc'");
});

test('another moment shows another page', async () => {
  const pages = await Promise.all(visitors.map((visitor) => edge.visit('/', visitor)));
  const grids = pages.map(({ text }) => shownIn(text, 'grid').join());
  expect(new Set(grids).size).toBe(visitors.length);
  const authored = shownIn(edgePage, 'grid');
  for (const grid of grids) expect(grid.split(',').sort()).toEqual([...authored].sort());
});

test.each<[string, string, Record<string, string>]>([
  ['nothing is known', '/', { 'user-agent': 'unheard of' }],
  ['a crawler asks', '/', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1) Mobile' }],
  ['Inkling is switched off', '/?inkling=off', { 'user-agent': PHONE }],
])('where %s the page is the origin’s', async (_, path, headers) => {
  expect((await edge.visit(path, { headers })).text).toBe(edgePage);
});

test.each<[string, OriginAnswer]>([
  ['no HTML', { body: edgePage, headers: { 'content-type': 'text/plain' } }],
  ['an error', { ...page, status: 500 }],
  ['not to be transformed', { ...page, headers: { ...page.headers, 'cache-control': 'no-transform' } }],
  ['of no type', { body: edgePage, headers: {} }],
  ['of no form that is clear', { ...page, body: edgePage.replaceAll('</li>', '') }],
])('what is %s goes out with its slots as they were', async (_, answer) => {
  answers = { '/': answer };
  const { text } = await edge.visit('/', visitors[0]);
  answers = {};
  if (typeof answer.body === 'string' && answer.body !== edgePage) {
    const slates = slotsOf(text).slates.map(({ slate }) => slate.slot);
    expect(slates).toEqual(['hero']);
    expect(shownIn(text, 'grid')).toEqual(shownIn(edgePage, 'grid'));
  } else {
    expect(text).toBe(edgePage);
  }
});

test('a page of 20 MB arrives whole, with its slots decided, wherever they stand', async () => {
  const filler = `<p>${'x'.repeat(1000)}</p>\n`.repeat(10_000);
  answers = {
    '/': { ...page, body: edgePage.replace('<ul', `${filler}<ul`).replace('</body>', `${filler}</body>`) },
  };
  const { text } = await edge.visit('/', visitors[0]);
  answers = {};
  expect(slotsOf(text).slates).toHaveLength(3);
  const anyTime = (html: string) => html.replace(/"decisionId":"\w+"|"now":\d+/g, '');
  expect(anyTime(text.replaceAll(filler, ''))).toBe(anyTime((await edge.visit('/', visitors[0])).text));
}, 30_000);

test('a page that comes a byte at a time arrives whole', async () => {
  const bytes = new TextEncoder().encode(edgePage);
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, ++at));
      else controller.close();
    },
  });
  answers = { '/': { ...page, body } };
  const { text } = await edge.visit('/', visitors[0]);
  answers = {};
  expect(slotsOf(text).slates).toHaveLength(3);
  expect(shownIn(text, 'grid')).toEqual(shownIn((await edge.visit('/', visitors[0])).text, 'grid'));
});
