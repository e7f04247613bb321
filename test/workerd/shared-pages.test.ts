import { countSharedPages, type SharedSpec } from '@inkling/core';
import {
  createEdge,
  type EdgeGeo,
  type EdgeOptions,
  type EdgePlatform,
  type WeatherProvider,
} from '@inkling/edge';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { buildEdgePack, edgePage } from './edge-pack.ts';
import { shownIn, slotsOf } from './slots-of.ts';

const shared: SharedSpec = {
  signals: ['geo.country', 'time.daypart', 'weather.condition', 'device.form'],
  countries: [['DE', 'AT'], ['NO']],
};
const HOLDOUT = 0.3;
const NOW = Date.UTC(2026, 10, 20, 9, 30);
const shareable = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=600' };
/** A site's own cookie that says that `measurement` is granted. */
const GRANTED = 'choice=all';
const mayMeasure = ({ headers }: Request) => headers.get('cookie')?.includes(GRANTED) ?? false;
const PHONE = 'Mozilla/5.0 (iPhone) Mobile';

interface Visitor {
  readonly geo: EdgeGeo;
  readonly headers: Readonly<Record<string, string>>;
  /** What their arm is drawn from. */
  readonly random: number;
  readonly path: string;
}

let files: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  files = await buildEdgePack({ shared, holdout: HOLDOUT, days: 9999 });
});

/** Another sky over every cell. */
const weather: WeatherProvider = {
  id: 'test',
  timeoutMs: 1000,
  ttlMs: 1e9,
  staleMs: 1e9,
  negativeTtlMs: 1e9,
  read: async ({ latitude }) => ({
    condition: (['rain', 'clear', 'snow'] as const)[Math.abs(Math.round(latitude * 4)) % 3] ?? 'fog',
  }),
};

/** An edge whose origin writes all that it is told into the page. */
function setUp(options: Partial<EdgeOptions> & { readonly answer?: Readonly<Record<string, string>> } = {}) {
  const kept = new Map<
    string,
    { readonly body: string; readonly headers: readonly (readonly [string, string])[] }
  >();
  const asked: Request[] = [];
  const diagnostics: string[] = [];
  const edge = createEdge({
    async origin(request) {
      asked.push(request);
      const told = JSON.stringify([request.url, [...request.headers].sort()]);
      return new Response(`${edgePage}<pre>${told}</pre>`, { headers: options.answer ?? shareable });
    },
    weather,
    pack: {
      waitMs: 5000,
      read: async ({ url }) => new Response(files.get(url.split('/').at(-1) ?? '') as BodyInit),
    },
    isPersonal: () => false,
    mayMeasure,
    onDiagnostic: ({ code }) => diagnostics.push(code),
    ...options,
  });
  return {
    kept,
    asked,
    diagnostics,
    async visit({ geo, headers, random, path }: Visitor) {
      const background: Promise<unknown>[] = [];
      const platform: EdgePlatform = {
        geo,
        cache: {
          async match(key) {
            const entry = kept.get(key);
            return (
              entry &&
              new Response(entry.body, { headers: entry.headers.map(([name, value]) => [name, value]) })
            );
          },
          async put(key, response) {
            kept.set(key, { body: await response.text(), headers: [...response.headers] });
          },
        },
        waitUntil: (promise) => background.push(promise),
        now: () => NOW,
        random: () => random,
        fetch: () => Promise.reject(new Error('unexpected request')),
      };
      // From here on the weather of the visitor's cell is known.
      await edge(new Request('https://shop.test/inkling/context'), platform);
      const response = await edge(
        new Request(`https://shop.test${path}`, { headers: { accept: 'text/html', ...headers } }),
        platform,
      );
      const text = await response.text();
      while (background.length > 0) await background.shift();
      return { text, headers: response.headers };
    },
    pages: () => new Map([...kept].filter(([key]) => key.includes('/page/'))),
  };
}

const plain: Visitor = {
  geo: { country: 'DE', timezone: 'Europe/Berlin', latitude: '52.5', longitude: '13.4' },
  headers: { 'user-agent': PHONE },
  random: 0.9,
  path: '/',
};

const decimal = (limit: number) =>
  fc.integer({ min: -limit * 1e5, max: limit * 1e5 }).map((value) => String(value / 1e5));
const visitors = fc.record({
  geo: fc.record(
    {
      country: fc.constantFrom('DE', 'AT', 'NO', 'FR', 'T1', 'XX', ''),
      region: fc.constantFrom('BE', 'BY', '03', '<'),
      latitude: decimal(90),
      longitude: decimal(180),
      timezone: fc.constantFrom('Europe/Berlin', 'Asia/Tokyo', 'America/Lima', 'Asia/Kathmandu', 'nowhere'),
    },
    { requiredKeys: [] },
  ),
  headers: fc.record(
    {
      'user-agent': fc.constantFrom(
        PHONE,
        'Mozilla/5.0 (X11; Linux)',
        'Mozilla/5.0 (iPad)',
        'one of its kind',
      ),
      'accept-language': fc.constantFrom('de', 'fr-CH, fr;q=0.9'),
      cookie: fc.constantFrom('session=1', 'session=2', GRANTED, `${GRANTED}; inkling_arm=holdout`),
      'cf-connecting-ip': fc.constantFrom('192.0.2.1', '192.0.2.2'),
      referer: fc.constantFrom('https://a.test/', 'https://b.test/'),
      'if-none-match': fc.constantFrom('"1"', '"2"'),
    },
    { requiredKeys: [] },
  ),
  random: fc.constantFrom(0, 0.1, 0.31, 0.5, 0.99),
  path: fc.constantFrom('/', '/?q=1', '/shoes'),
});

test('what is kept under a key depends on nothing but the key, and every visitor of a key gets it', async () => {
  const pagesOf = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(visitors, visitors, async (first, second) => {
      const alone = setUp();
      const answer = await alone.visit(second);
      const after = setUp();
      await after.visit(first);
      expect(await after.visit(second)).toEqual(answer);
      // Whose arm is to be kept from now on gets a cookie, and so a page of their own.
      const isOwn = second.headers.cookie === GRANTED;
      expect(answer.headers.get('cache-control')).toBe(isOwn ? 'private, no-store' : 'private, no-cache');
      expect(answer.headers.has('set-cookie')).toBe(isOwn);
      for (const [key, page] of [...alone.pages(), ...after.pages()]) {
        const text = JSON.stringify(page);
        expect(pagesOf.get(key) ?? text).toBe(text);
        pagesOf.set(key, text);
        // Nor does the key itself tell more than it should.
        expect(`${key}${text}`).not.toMatch(
          /session|choice|set-cookie|192\.0|a\.test|fr-CH|Mozilla|of its kind|Berlin|Tokyo|"cell"|"region"|"hour"/,
        );
      }
    }),
    { numRuns: 150 },
  );
  const addresses = new Set([...pagesOf.keys()].map((key) => key.split('/').at(-1)));
  expect(addresses.size).toBe(3);
  expect(pagesOf.size).toBeGreaterThan(40);
  expect(pagesOf.size).toBeLessThanOrEqual(3 * countSharedPages(shared, HOLDOUT));
}, 60_000);

test('a page that is kept is decided, and says only what its key says', async () => {
  const { visit, asked } = setUp();
  const { text } = await visit(plain);
  expect(slotsOf(text).context).toEqual({
    geo: { country: 'DE', source: 'edge' },
    time: { daypart: 'morning' },
    weather: { condition: 'clear' },
    device: { form: 'phone' },
  });
  expect(slotsOf(text).slates.map(({ slate: { slot, source, arm } }) => [slot, source, arm])).toEqual(
    ['hero', 'grid', 'more'].map((slot) => [slot, 'edge', 'personalized']),
  );
  const austrian = await visit({ ...plain, geo: { ...plain.geo, country: 'AT', region: '9' } });
  expect(austrian.text).toBe(text);
  expect(slotsOf(text).arm).toBe('personalized');
  expect(asked).toHaveLength(1);
});

test('the arm is drawn before the cache is asked, and the holdout has the authored page', async () => {
  const { visit, pages } = setUp();
  const { text } = await visit({ ...plain, random: 0.1 });
  expect(slotsOf(text).slates.map(({ slate }) => slate.arm)).toEqual(['holdout', 'holdout', 'holdout']);
  for (const slot of ['hero', 'grid', 'more']) expect(shownIn(text, slot)).toEqual(shownIn(edgePage, slot));
  await visit(plain);
  expect(pages().size).toBe(2);
});

test('with measurement granted the arm is drawn once, and kept by the browser', async () => {
  const { visit, pages } = setUp();
  const visitWith = (cookie: string, random: number) =>
    visit({ ...plain, random, headers: { ...plain.headers, cookie } });
  const first = await visitWith(GRANTED, 0.1);
  expect(first.headers.getSetCookie()).toEqual([
    'inkling_arm=holdout; Path=/; Max-Age=15552000; SameSite=Lax; Secure',
  ]);
  expect(slotsOf(first.text).arm).toBe('holdout');
  expect(pages().size).toBe(0);
  const later = await visitWith(`a=1;inkling_arm=holdout;${GRANTED}`, 0.9);
  expect(slotsOf(later.text).arm).toBe('holdout');
  expect(slotsOf(later.text).slates.map(({ slate }) => slate.arm)).toEqual(['holdout', 'holdout', 'holdout']);
  expect([later.headers.getSetCookie(), pages().size]).toEqual([[], 1]);
  const odd = await visitWith(`${GRANTED}; inkling_arm=everything`, 0.9);
  expect(slotsOf(odd.text).arm).toBe('personalized');
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['withdrew', { cookie: 'inkling_arm=holdout' }],
  ['sends Global Privacy Control', { cookie: `${GRANTED}; inkling_arm=holdout`, 'sec-gpc': '1' }],
])('of a visitor who %s the arm is taken away and not used', async (_, headers) => {
  const { visit, pages } = setUp();
  const { text, headers: told } = await visit({ ...plain, headers: { ...plain.headers, ...headers } });
  expect(told.getSetCookie()).toEqual(['inkling_arm=; Path=/; Max-Age=0; SameSite=Lax; Secure']);
  expect(slotsOf(text).arm).toBe('personalized');
  expect(pages().size).toBe(0);
});

test('a site that cannot tell whether measurement is granted keeps nothing, and takes nothing away', async () => {
  const { visit, diagnostics } = setUp({
    mayMeasure: () => {
      throw new Error('odd cookie');
    },
  });
  const { text, headers } = await visit({
    ...plain,
    headers: { ...plain.headers, cookie: 'inkling_arm=holdout' },
  });
  expect([slotsOf(text).arm, headers.getSetCookie(), diagnostics]).toEqual([
    'personalized',
    [],
    ['edge_arm'],
  ]);
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['says for how long it holds nowhere', { 'content-type': 'text/html' }],
  ['is private', { ...shareable, 'cache-control': 'private, max-age=600' }],
  ['is not to be stored', { ...shareable, 'cache-control': 'no-store' }],
  ['is to be asked for again', { ...shareable, 'cache-control': 'max-age=600, no-cache' }],
  ['is over', { ...shareable, age: '600' }],
  ['sets a cookie', { ...shareable, 'set-cookie': 'a=1' }],
  ['differs by cookie', { ...shareable, vary: 'accept-encoding, cookie' }],
  ['differs by anything', { ...shareable, vary: '*' }],
  ['has a nonce', { ...shareable, 'content-security-policy': "script-src 'nonce-abc'" }],
  ['is no HTML', { ...shareable, 'content-type': 'text/plain' }],
])('a page that %s is made for each visitor alone', async (_, answer) => {
  const { visit, pages, asked } = setUp({ answer });
  const { text, headers } = await visit({ ...plain, headers: { ...plain.headers, cookie: 'session=1' } });
  expect(text).toContain('session=1');
  expect(headers.get('cache-control')).not.toBe('private, no-cache');
  await visit(plain);
  expect(pages().size).toBe(0);
  // Asked once for all, then for each: for a minute nobody tries again.
  expect(asked).toHaveLength(3);
});

test.each<[string, Readonly<Record<string, string>>, Partial<EdgeOptions>]>([
  ['sends a cookie', { cookie: 'session=1' }, { isPersonal: undefined }],
  [
    'is one whom the site knows',
    { 'x-member': '1' },
    { isPersonal: ({ headers }) => headers.has('x-member') },
  ],
  ['logs in by header', { authorization: 'Basic YQ==' }, {}],
  ['sends Global Privacy Control', { 'sec-gpc': '1' }, {}],
])('a visitor who %s gets a page of their own', async (_, headers, options) => {
  const { visit, pages } = setUp(options);
  const own = await visit({ ...plain, headers: { ...plain.headers, ...headers } });
  expect(own.headers.get('cache-control')).toBe('private, no-store');
  expect(pages().size).toBe(0);
  await visit(plain);
  expect(pages().size).toBe(1);
});

test.each<[string, (url: string) => Promise<Response>]>([
  ['fails', () => Promise.reject(new Error('no cache'))],
  ['hangs', () => new Promise(() => undefined)],
])('a cache that %s costs the page nothing', async (_, match) => {
  const edge = createEdge({
    origin: async () => new Response(edgePage, { headers: shareable }),
    pack: {
      waitMs: 5000,
      read: async ({ url }) => new Response(files.get(url.split('/').at(-1) ?? '') as BodyInit),
    },
  });
  const background: Promise<unknown>[] = [];
  const response = await edge(
    new Request('https://shop.test/', { headers: { accept: 'text/html', 'user-agent': PHONE } }),
    {
      geo: plain.geo,
      cache: { match, put: () => Promise.reject(new Error('full')) },
      waitUntil: (promise) => background.push(promise),
      now: () => NOW,
      random: () => 0.5,
      fetch: () => Promise.reject(new Error('unexpected request')),
    },
  );
  expect(slotsOf(await response.text()).slates).toHaveLength(3);
  await Promise.all(background);
});

test('an origin that fails an anonymous request is asked for the visitor’s own page', async () => {
  const { visit, diagnostics, pages } = setUp({
    origin: async ({ headers }) => {
      if (!headers.has('user-agent')) throw new Error('who are you?');
      return new Response(edgePage, { headers: shareable });
    },
  });
  const { text, headers } = await visit(plain);
  expect(slotsOf(text).slates).toHaveLength(3);
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect([pages().size, diagnostics]).toEqual([0, ['edge_shared']]);
});

test('a page whose origin breaks off is not kept', async () => {
  const { visit, pages, diagnostics } = setUp({
    origin: async () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode(edgePage.slice(0, 300)));
          },
          pull: () => Promise.reject(new Error('connection lost')),
        }),
        { headers: shareable },
      ),
  });
  await expect(visit(plain)).rejects.toThrow('connection lost');
  await new Promise(setImmediate);
  expect([pages().size, diagnostics]).toEqual([0, ['edge_cache']]);
});

test('nothing finer can be declared, and no key be made of anything else', () => {
  const fine: SharedSpec = { signals: ['time.season'] };
  // @ts-expect-error a cell has too few visitors
  const cell: SharedSpec = { signals: ['geo.cell'] };
  // @ts-expect-error a visit is one visitor's
  const visit: SharedSpec = { signals: ['visit.type'] };
  // @ts-expect-error an hour is finer than a part of the day
  const hour: SharedSpec = { signals: ['time.hour'] };
  expect([fine, cell, visit, hour]).toHaveLength(4);
});
