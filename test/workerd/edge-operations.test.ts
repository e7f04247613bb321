import { createEdge, type EdgeOptions, type EdgePlatform, type WeatherProvider } from '@inkling/edge';
import { inkling } from '@inkling/edge/cloudflare';
import { beforeAll, expect, test } from 'vitest';
import { buildEdgePack, edgePage } from './edge-pack.ts';
import { slotsOf } from './slots-of.ts';

const HOUR = 3_600_000;
const PHONE = 'Mozilla/5.0 (iPhone) Mobile';
const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'max-age=60' };
const broken: WeatherProvider = {
  id: 'broken',
  timeoutMs: 1000,
  ttlMs: HOUR,
  staleMs: HOUR,
  negativeTtlMs: 1000,
  read: () => Promise.reject(new Error('no weather')),
};

let files: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  files = await buildEdgePack({ version: 7, shared: { signals: ['device.form'] } });
});

/** An edge whose clock goes on where its origin does, and only there, as that of a Worker. */
function setUp(options: Partial<EdgeOptions> & { readonly record?: string } = {}) {
  const { record = null, ...rest } = options;
  const began = Date.now();
  let now = began;
  const given = new Map(files);
  const kept = new Map<string, Response>();
  const background: Promise<unknown>[] = [];
  const platform: EdgePlatform = {
    geo: { country: 'DE', latitude: '52.5', longitude: '13.4' },
    store: { get: async () => record },
    cache: {
      match: async (key) => kept.get(key)?.clone(),
      put: async (key, response) => void kept.set(key, response),
    },
    waitUntil: (promise) => background.push(promise),
    now: () => now,
    random: () => 0.5,
    fetch: () => Promise.reject(new Error('unexpected request')),
  };
  const edge = createEdge({
    async origin() {
      now += 120;
      return new Response(edgePage, { headers: html });
    },
    pack: {
      waitMs: 5000,
      read: async ({ url }) => {
        const body = given.get(url.split('/').at(-1) ?? '');
        return new Response(body as BodyInit | undefined, { status: body ? 200 : 404 });
      },
    },
    ...rest,
  });
  return {
    given,
    kept,
    pass: (ms: number) => {
      now += ms;
    },
    async ask(path: string, headers: Readonly<Record<string, string>> = {}) {
      const all = { accept: 'text/html', 'user-agent': PHONE, ...headers };
      const response = await edge(new Request(`https://shop.test${path}`, { headers: all }), platform);
      const text = await response.text();
      while (background.length > 0) await background.shift();
      return { status: response.status, headers: response.headers, text };
    },
  };
}

const healthIn = ({ text }: { readonly text: string }) => JSON.parse(text);

test('health tells the pack’s version and age, the weather source’s state, and nothing of who asks', async () => {
  const { ask, pass } = setUp({ weather: broken });
  pass(HOUR);
  const answer = await ask('/inkling/health', { cookie: 'session=1' });
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(answer.text).not.toMatch(/session|iPhone|DE|52/);
  const { off, pack, refused, weather } = healthIn(answer);
  expect([off, refused, weather]).toEqual([false, undefined, { breaker: 'closed', callsToday: 0 }]);
  expect([pack.id, pack.version]).toEqual(['edge', 7]);
  expect(Math.abs(pack.ageSeconds - 3600)).toBeLessThan(60);
  expect(Math.abs(pack.expiresInSeconds - (90 * 24 - 1) * 3600)).toBeLessThan(60);
});

test('health tells that the weather source is left alone', async () => {
  const { ask, pass } = setUp({ weather: broken });
  const breakers: string[] = [];
  for (let call = 0; call < 5; call++) {
    pass(1200);
    await ask('/', { cookie: 'a=1' });
    breakers.push(healthIn(await ask('/inkling/health')).weather.breaker);
  }
  expect(breakers).toEqual(['closed', 'closed', 'closed', 'closed', 'open']);
  expect(healthIn(await ask('/inkling/health')).weather.callsToday).toBe(5);
});

test('health tells what was refused last, and when', async () => {
  const { ask, given, pass } = setUp();
  await ask('/inkling/health');
  given.set('pack.json', (given.get('pack.json') as Uint8Array).slice(0, 99));
  pass(60_000);
  await ask('/inkling/health');
  pass(30_000);
  const { pack, refused } = healthIn(await ask('/inkling/health'));
  expect([pack.version, refused]).toEqual([7, { code: 'E_PACK_FORMAT', secondsAgo: 30 }]);
});

test('switched off, health still answers', async () => {
  const { ask } = setUp({ record: 'off' });
  expect(healthIn(await ask('/inkling/health'))).toEqual({ off: true });
  expect((await ask('/')).text).toBe(edgePage);
});

test('a page’s times are told only where that is asked for, and never kept with a page that many get', async () => {
  const quiet = setUp();
  expect((await quiet.ask('/')).headers.get('server-timing')).toBeNull();
  const { ask, kept } = setUp({ serverTiming: true });
  const own = await ask('/', { cookie: 'a=1' });
  expect(own.headers.get('server-timing')).toBe('inkling;desc=own;dur=120, origin;dur=120');
  const made = await ask('/');
  expect(made.headers.get('server-timing')).toBe('inkling;desc=shared;dur=120');
  const again = await ask('/');
  expect(slotsOf(again.text).slates).toHaveLength(3);
  expect(again.headers.get('server-timing')).toBe('inkling;desc=shared;dur=0');
  const pages = [...kept].filter(([key]) => key.includes('/page/'));
  expect(pages.map(([, page]) => page.headers.get('server-timing'))).toEqual([null]);
});

test('a site’s own times stay', async () => {
  const { ask } = setUp({
    serverTiming: true,
    origin: async () => new Response(edgePage, { headers: { ...html, 'server-timing': 'db;dur=5' } }),
  });
  expect((await ask('/', { cookie: 'a=1' })).headers.get('server-timing')).toBe(
    'db;dur=5, inkling;desc=own;dur=0, origin;dur=0',
  );
});

test('where a file of the pack cannot be had, its origin is asked', async () => {
  const diagnostics: string[] = [];
  const { ask } = setUp({
    pack: { read: () => Promise.reject(new Error('no bucket')), waitMs: 5000 },
    onDiagnostic: ({ code }) => diagnostics.push(code),
  });
  for (const name of ['pack.json', 'pack.json.sig', 'ranker-0123456789ab.onnx', '']) {
    const { text } = await ask(`/inkling/${name}`);
    expect(text.replace(/<script.*?<\/script>/, '')).toBe(edgePage);
  }
  expect(diagnostics.filter((code) => code === 'pack_file')).toHaveLength(3);
  expect(diagnostics).toContain('pack_refused');
});

test('what is thrown in a Worker on a route passes through', async () => {
  let passes = 0;
  const worker = inkling({ origin: () => Promise.reject(new Error('no origin')) });
  const context = { waitUntil: () => undefined, passThroughOnException: () => void passes++ };
  await expect(worker.fetch(new Request('https://shop.test/'), {}, context)).rejects.toThrow('no origin');
  expect(passes).toBe(1);
});
