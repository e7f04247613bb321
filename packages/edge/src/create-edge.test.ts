import type { Diagnostic } from '@inkling/core';
import { expect, test, vi } from 'vitest';
import { createEdge, type EdgeOptions } from './create-edge.ts';
import type { EdgeCache, EdgeGeo, EdgePlatform } from './edge-platform.ts';
import type { CellWeather, WeatherProvider } from './weather-provider.ts';

const MINUTE = 60_000;
const berlin = {
  country: 'DE',
  region: 'BE',
  latitude: '52.51631',
  longitude: '13.37771',
  timezone: 'Europe/Berlin',
} satisfies EdgeGeo;
const place = { country: 'DE', region: 'BE', cell: '52.50,13.25', source: 'edge' };
const rain: CellWeather = { condition: 'rain', temperature: 'mild', daylight: 'day' };

const page = (init: ResponseInit = {}, body = '<!doctype html><head><title>x</title>') =>
  new Response(body, { ...init, headers: { 'content-type': 'text/html; charset=utf-8', ...init.headers } });

/** An edge with everything injected: a clock that is set, a source that is scripted, background work to wait for. */
function setUp(
  options: Partial<EdgeOptions> & {
    read?: WeatherProvider['read'];
    geo?: EdgeGeo;
    cache?: EdgeCache;
    timeoutMs?: number;
    random?: () => number;
  } = {},
) {
  const { read, geo = berlin, cache, timeoutMs = 1000, random = () => 0.5 } = options;
  let now = Date.UTC(2026, 10, 20, 9);
  let background: Promise<unknown>[] = [];
  const diagnostics: Diagnostic[] = [];
  const source = vi.fn(read);
  const provider: WeatherProvider = {
    id: 'test',
    timeoutMs,
    ttlMs: 45 * MINUTE,
    staleMs: 360 * MINUTE,
    negativeTtlMs: 2 * MINUTE,
    read: source,
  };
  const platform: EdgePlatform = {
    geo,
    cache,
    waitUntil: (promise) => background.push(promise),
    now: () => now,
    random,
    fetch: () => Promise.reject(new Error('unexpected request')),
  };
  const edge = createEdge({
    origin: options.origin ?? (async () => page()),
    weather: read && provider,
    onDiagnostic: options.onDiagnostic ?? ((diagnostic) => diagnostics.push(diagnostic)),
  });
  return {
    diagnostics,
    source,
    edge: (path = '/', init: RequestInit = {}) =>
      edge(new Request(`https://shop.test${path}`, { headers: { accept: 'text/html' }, ...init }), platform),
    context: async (path = '/') => {
      const response = await edge(new Request(`https://shop.test${path}`), platform);
      return contextIn(await response.text());
    },
    pass: (ms: number) => {
      now += ms;
    },
    async settle() {
      while (background.length > 0) {
        const running = background;
        background = [];
        await Promise.all(running);
      }
    },
  };
}

function contextIn(text: string) {
  const json =
    /<script type="application\/json" data-inkling-context>(.*?)<\/script>/.exec(text)?.[1] ?? text;
  return json.startsWith('{') ? JSON.parse(json) : undefined;
}

function memoryCache(): EdgeCache & { keys: () => string[] } {
  const kept = new Map<string, Response>();
  return {
    match: async (key) => kept.get(key)?.clone(),
    put: async (key, response) => void kept.set(key, response),
    keys: () => [...kept.keys()],
  };
}

test('a page carries place and local time at the start of its head, and may not be cached', async () => {
  const headers = {
    'cache-control': 'public, max-age=600',
    'cdn-cache-control': 'max-age=600',
    etag: '"1"',
    'content-length': '37',
    'set-cookie': 'a=1',
    vary: 'accept',
  };
  const { edge } = setUp({ origin: async () => page({ headers }) });
  const response = await edge();
  expect(Object.fromEntries(response.headers)).toEqual({
    'cache-control': 'private, no-store',
    'content-type': 'text/html; charset=utf-8',
    'set-cookie': 'a=1',
    vary: 'accept',
  });
  expect(await response.text()).toBe(
    '<!doctype html><head><script type="application/json" data-inkling-context>' +
      `${JSON.stringify({ geo: place, time: { hour: 10, weekday: 5, month: 11, season: 'autumn' } })}</script><title>x</title>`,
  );
});

test('the same is there as JSON, for this visitor alone', async () => {
  const { edge } = setUp();
  const response = await edge('/inkling/context');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('content-type')).toMatch('application/json');
  expect(await response.json()).toEqual({
    geo: place,
    time: { hour: 10, weekday: 5, month: 11, season: 'autumn' },
  });
});

test('only known fields are present', async () => {
  expect(await setUp({ geo: { country: 'AU' } }).context()).toEqual({
    geo: { country: 'AU', source: 'edge' },
  });
  expect(await setUp({ geo: { ...berlin, country: 'T1', timezone: 'Nowhere/No' } }).context()).toEqual({
    geo: { cell: '52.50,13.25', source: 'edge' },
  });
  expect(await setUp({ geo: { country: 'DE', region: '<b>' } }).context()).toEqual({
    geo: { country: 'DE', source: 'edge' },
  });
  expect(await setUp({ geo: { country: 'XX', timezone: 'UTC' } }).context()).toEqual({
    time: { hour: 9, weekday: 5, month: 11 },
  });
});

test('when nothing is known the origin’s response is handed on as it is', async () => {
  const original = page({ headers: { etag: '"1"' } });
  for (const geo of [{}, { country: 'XX' }, { country: '</script>', region: '<', timezone: '"' }]) {
    expect(await setUp({ geo, origin: async () => original }).edge()).toBe(original);
  }
  expect(await (await setUp({ geo: {} }).edge('/inkling/context')).json()).toEqual({});
});

test.each([
  ['no HTML', () => page({ headers: { 'content-type': 'text/plain' } })],
  ['like HTML by name only', () => page({ headers: { 'content-type': 'text/html-sandboxed' } })],
  ['encoded', () => page({ headers: { 'content-encoding': 'br' } })],
  ['partial', () => page({ status: 206 })],
  ['an error', () => page({ status: 404 })],
  ['not to be transformed', () => page({ headers: { 'cache-control': 'max-age=1, no-transform' } })],
  ['two bytes a character', () => page({ headers: { 'content-type': 'text/html; charset=UTF-16LE' } })],
  ['empty', () => new Response(null, { headers: { 'content-type': 'text/html' } })],
])('a response that is %s is handed on as it is', async (_, make) => {
  const original = make();
  expect(await setUp({ origin: async () => original }).edge()).toBe(original);
});

test('a form’s answer is handed on as it is, and a HEAD has the headers of the page without its body', async () => {
  const original = page();
  expect(await setUp({ origin: async () => original }).edge('/', { method: 'POST' })).toBe(original);
  const head = await setUp({ origin: async () => page({ headers: { etag: '"1"' } }, undefined) }).edge('/', {
    method: 'HEAD',
  });
  expect([head.headers.get('etag'), head.headers.get('cache-control')]).toEqual([null, 'private, no-store']);
  expect(await head.text()).toBe('');
});

test('what the weather source says cannot break out of the data block', async () => {
  const hostile = { condition: '</script><img src=x>' } as unknown as CellWeather;
  const { edge, settle } = setUp({ read: async () => hostile });
  await edge();
  await settle();
  const html = await (await edge()).text();
  expect(html).not.toContain('<img');
  expect(contextIn(html).weather).toEqual(hostile);
});

test('the first page asks in the background, the next one has the weather, fresh for 45 minutes', async () => {
  const { context, settle, source, pass } = setUp({ read: async () => rain });
  expect(await context()).not.toHaveProperty('weather');
  await settle();
  expect(await context()).toHaveProperty('weather', rain);
  pass(45 * MINUTE - 1);
  expect(await context()).toHaveProperty('weather', rain);
  expect(source).toHaveBeenCalledTimes(1);
  expect(source.mock.calls[0]?.[0]).toEqual({ latitude: 52.625, longitude: 13.375 });
});

test('older weather is used without its daylight while newer is sought, up to six hours', async () => {
  const { context, settle, source, pass } = setUp({ read: async () => rain });
  await context();
  await settle();
  pass(45 * MINUTE);
  source.mockRejectedValue(new Error('down'));
  expect((await context()).weather).toEqual({ condition: 'rain', temperature: 'mild' });
  await settle();
  pass(315 * MINUTE - 1);
  expect((await context()).weather).toEqual({ condition: 'rain', temperature: 'mild' });
  await settle();
  pass(1);
  expect(await context()).not.toHaveProperty('weather');
});

test('a failed call is not repeated for two minutes', async () => {
  const { context, settle, source, pass, diagnostics } = setUp({
    read: () => Promise.reject(new Error('429')),
  });
  await context();
  await settle();
  pass(2 * MINUTE - 1);
  await context('/inkling/context');
  expect(source).toHaveBeenCalledTimes(1);
  pass(1);
  await context();
  await settle();
  expect(source).toHaveBeenCalledTimes(2);
  expect(diagnostics.map(({ code }) => code)).toEqual(['weather_unavailable', 'weather_unavailable']);
});

test('a source that is down is left alone, whatever the cell; what is known of others stays', async () => {
  const geo = { ...berlin };
  const { context, settle, source, pass } = setUp({ geo, read: async () => rain });
  await context();
  await settle();
  source.mockRejectedValue(new Error('down'));
  for (let cell = 1; cell <= 8; cell++) {
    geo.longitude = String(cell);
    await context();
    await settle();
  }
  expect(source).toHaveBeenCalledTimes(1 + 5);
  geo.longitude = berlin.longitude;
  expect(await context()).toHaveProperty('weather', rain);
  source.mockResolvedValue(rain);
  pass(2 * MINUTE);
  geo.longitude = '20';
  expect(await context('/inkling/context')).toHaveProperty('weather', rain);
});

test('cells that were asked for together do not come due together', async () => {
  let draw = 0;
  const geo = { ...berlin };
  const { context, settle, source, pass } = setUp({ geo, read: async () => rain, random: () => draw });
  const visitAll = async () => {
    for (draw = 0; draw < 1; draw += 0.25) {
      geo.longitude = String(draw * 100);
      await context();
      await settle();
    }
  };
  await visitAll();
  // From nine tenths of 45 minutes on.
  pass(40.5 * MINUTE);
  await visitAll();
  expect(source).toHaveBeenCalledTimes(4 + 1);
  pass(2.25 * MINUTE);
  await visitAll();
  expect(source).toHaveBeenCalledTimes(4 + 2);
});

test('pages and endpoint share one call at a time', async () => {
  let answer: (weather: CellWeather) => void = () => undefined;
  const { context, settle, source } = setUp({
    read: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  });
  await context();
  await context();
  const [first, second] = [context('/inkling/context'), context('/inkling/context')];
  await vi.waitFor(() => expect(source).toHaveBeenCalled());
  answer(rain);
  expect([(await first).weather, (await second).weather]).toEqual([rain, rain]);
  await settle();
  expect(source).toHaveBeenCalledTimes(1);
});

test('a source that hangs costs the page nothing, the endpoint its timeout, and is told to stop', async () => {
  const signals: AbortSignal[] = [];
  const { context, settle, diagnostics } = setUp({
    timeoutMs: 5,
    read: (_, { signal }) => {
      signals.push(signal);
      return new Promise(() => undefined);
    },
  });
  expect(await context()).toHaveProperty('geo', place);
  expect(await context('/inkling/context')).not.toHaveProperty('weather');
  await settle();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['weather_unavailable']);
});

test('a call that was torn down with its request does not hold back the next for long', async () => {
  const { context, source, pass } = setUp({ read: () => new Promise(() => undefined) });
  await context();
  pass(1999);
  await context();
  expect(source).toHaveBeenCalledTimes(1);
  pass(1);
  await context();
  expect(source).toHaveBeenCalledTimes(2);
});

test('an isolate remembers the 500 cells it learned about last', async () => {
  const geo = { ...berlin };
  const { context, settle, source } = setUp({ geo, read: async () => rain });
  for (let cell = 0; cell <= 500; cell++) {
    geo.longitude = String(cell / 4);
    await context();
    await settle();
  }
  await context();
  expect(source).toHaveBeenCalledTimes(501);
  geo.longitude = '0';
  await context();
  expect(source).toHaveBeenCalledTimes(502);
});

test('isolates share weather and failures through the cache, keyed by cell', async () => {
  for (const read of [async () => rain, () => Promise.reject(new Error('down'))]) {
    const cache = memoryCache();
    const first = setUp({ read, cache });
    await first.context();
    await first.settle();
    const second = setUp({ read: async () => ({ condition: 'snow' }), cache });
    expect((await second.context()).weather).toEqual((await first.context()).weather);
    expect(second.source).not.toHaveBeenCalled();
    expect(cache.keys()).toEqual(['https://inkling.internal/weather/1/test/52.50,13.25']);
  }
});

test.each([
  ['hangs', () => new Promise<never>(() => undefined)],
  ['fails', () => Promise.reject(new Error('no cache'))],
  ['holds nonsense', async () => new Response('<html>')],
])('a cache that %s does not cost the page', async (_, match) => {
  const put = () => Promise.reject(new Error('full'));
  const { context, settle } = setUp({ read: async () => rain, cache: { match, put } });
  expect(await context()).toHaveProperty('geo', place);
  await settle();
  expect(await context()).toHaveProperty('weather', rain);
});

test('no coordinate finer than the cell leaves: not in page, endpoint, cache or diagnostics', async () => {
  const cache = memoryCache();
  const { edge, settle, source, diagnostics } = setUp({
    cache,
    read: () => Promise.reject(new Error('down')),
  });
  const seen = [await (await edge()).text(), await (await edge('/inkling/context')).text()];
  await settle();
  seen.push(JSON.stringify([source.mock.calls, cache.keys(), diagnostics]));
  expect(seen.join()).toContain('52.5');
  expect(seen.join()).not.toMatch(/52\.51|13\.37[^5]/);
});

test('whatever fails inside, the origin’s response stands and the listener learns why', async () => {
  const original = page();
  const broken = { get: () => undefined } as unknown as EdgeGeo;
  Object.defineProperty(broken, 'latitude', {
    get: () => {
      throw new Error('no geo');
    },
  });
  const gathering = setUp({ geo: broken, origin: async () => original });
  expect(await gathering.edge()).toBe(original);
  expect(gathering.diagnostics.map(({ code }) => code)).toEqual(['edge_context']);

  const locked = page();
  locked.body?.getReader();
  const inserting = setUp({ origin: async () => locked });
  expect(await inserting.edge()).toBe(locked);
  expect(inserting.diagnostics.map(({ code }) => code)).toEqual(['edge_insert']);

  const listener = () => {
    throw new Error('listener');
  };
  expect(await setUp({ geo: broken, origin: async () => original, onDiagnostic: listener }).edge()).toBe(
    original,
  );
});

test('the origin’s own failure is passed on', async () => {
  const { edge } = setUp({ origin: () => Promise.reject(new Error('origin down')) });
  await expect(edge()).rejects.toThrow('origin down');
});

test('an edge without an origin is refused at construction', () => {
  const options = {} as EdgeOptions;
  expect(() => createEdge(options)).toThrow(expect.objectContaining({ code: 'E_OPTIONS' }));
});
