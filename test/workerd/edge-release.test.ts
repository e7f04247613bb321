import { createEdge, type EdgePlatform } from '@inkling/edge';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { buildEdgePack, edgePage } from './edge-pack.ts';
import { slotsOf } from './slots-of.ts';
import { type RunningEdge, startEdge } from './start-edge.ts';

type Files = ReadonlyMap<string, Uint8Array>;

const PHONE = { 'user-agent': 'Mozilla/5.0 (iPhone) Mobile' };
const html = { 'content-type': 'text/html; charset=utf-8' };

/** What is used here of KV and R2: miniflare names their types, and has them only beside Cloudflare's own. */
interface Bucket {
  put(key: string, value: string | ArrayBuffer): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** Versions 12 and 13, as they are published: what has a hash in its name beside each other, pack.json in a folder of its
 * version, and without one that of 11. */
let published: Files;
let hashed: string;
let edge: RunningEdge;

beforeAll(async () => {
  const versions = await Promise.all(
    [11, 12, 13].map(async (version) => {
      const files = await buildEdgePack({ version, seed: `model ${version}` });
      const folder = version === 11 ? '' : `${version}/`;
      return [...files].map(([name, bytes]) => [name === 'pack.json' ? folder + name : name, bytes] as const);
    }),
  );
  published = new Map(versions.flat());
  hashed = [...published.keys()].find((name) => name.endsWith('.onnx')) ?? '';
  edge = await startEdge({
    worker: new URL('./release-worker.ts', import.meta.url),
    cf: {},
    bound: { kvNamespaces: ['RELEASE', 'PACKS_KV'], r2Buckets: ['PACKS_R2'] },
    origin: ({ url }) => {
      const { pathname, hostname } = new URL(url);
      const body = hostname.startsWith('assets.') && published.get(pathname.slice('/inkling/'.length));
      if (body) return { body, headers: { etag: '"of the assets"' } };
      if (pathname.startsWith('/inkling/')) return { body: 'no such file', status: 404, headers: html };
      return { body: edgePage, headers: html };
    },
  });
  const buckets = await Promise.all([
    edge.miniflare.getKVNamespace('PACKS_KV'),
    edge.miniflare.getR2Bucket('PACKS_R2'),
  ]);
  const [kv, r2] = buckets as unknown as [Bucket, Bucket];
  for (const [name, bytes] of published) {
    const body = Uint8Array.from(bytes).buffer;
    await Promise.all([kv.put(`inkling/${name}`, body), r2.put(`inkling/${name}`, body)]);
  }
});

beforeEach(() => release(undefined));
afterAll(() => edge?.dispose());

async function release(record: unknown): Promise<void> {
  const kv = (await edge.miniflare.getKVNamespace('RELEASE')) as unknown as Bucket;
  if (record === undefined) await kv.delete('release');
  else await kv.put('release', typeof record === 'string' ? record : JSON.stringify(record));
}

const ask = (host: string, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  edge.miniflare.dispatchFetch(`http://${host}.test${path}`, { headers: { ...PHONE, ...headers }, method });

async function versionAt(host: string): Promise<readonly number[]> {
  const response = await ask(host, '/', { accept: 'text/html' });
  return [...new Set(slotsOf(await response.text()).slates.map(({ version }) => version))];
}

test.each(['assets', 'kv', 'r2'])(
  'a pack from %s decides the page, and browsers get its files',
  async (host) => {
    expect(await versionAt(host)).toEqual([11]);
    const manifest = await ask(host, '/inkling/pack.json');
    expect(Buffer.from(await manifest.arrayBuffer()).equals(published.get('pack.json') ?? Buffer.of())).toBe(
      true,
    );
    expect(manifest.headers.get('cache-control')).toBe('public, max-age=60');
    expect(manifest.headers.get('content-type')).toBe('application/json');
    const etag = manifest.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w ]+"$/);
    const again = await ask(host, '/inkling/pack.json', { 'if-none-match': `"other", W/${etag}` });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    const asset = await ask(host, `/inkling/${hashed}`);
    expect(Buffer.from(await asset.arrayBuffer()).equals(published.get(hashed) ?? Buffer.of())).toBe(true);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const head = await ask(host, `/inkling/${hashed}`, {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  },
);

test('what the pack does not have is the origin’s to answer, and never immutable', async () => {
  for (const path of ['/inkling/ranker-0123456789abcdef.onnx', '/inkling/other.txt']) {
    const response = await ask('kv', path);
    expect([response.status, await response.text()]).toEqual([404, 'no such file']);
    expect(response.headers.get('cache-control')).toBeNull();
  }
});

test.each(['assets', 'kv', 'r2'])(
  'from %s the record says which version, for pages and browsers alike',
  async (host) => {
    for (const stable of ['12', '13', '12']) {
      await release({ stable });
      expect(await versionAt(host)).toEqual([Number(stable)]);
      const manifest = (await (await ask(host, '/inkling/pack.json')).json()) as { readonly version: number };
      expect(manifest.version).toBe(Number(stable));
    }
  },
);

test('a canary has its share of the pages', async () => {
  await release({ stable: '12', canary: '13', share: 1 });
  expect(await versionAt('kv')).toEqual([13]);
  await release({ stable: '12', canary: '13', share: 0 });
  expect(await versionAt('kv')).toEqual([12]);
});

test('a canary that cannot be had, or a record that cannot be read, costs no page', async () => {
  await release({ stable: '12', canary: '99', share: 1 });
  expect(await versionAt('r2')).toEqual([12]);
  await release('{ "stable": "../secret" }');
  expect(await versionAt('r2')).toEqual([11]);
});

test('a new isolate that cannot open what is released begins with what was good before', async () => {
  await release({ stable: '12' });
  expect(await versionAt('kv')).toEqual([12]);
  await release({ stable: '99' });
  expect(await versionAt('kv')).toEqual([12]);
  // Another site has no version that was good.
  expect(await versionAt('other')).toEqual([]);
});

test('switched off, nothing is touched, and Inkling’s own addresses are the origin’s', async () => {
  await release('off');
  const response = await ask('kv', '/', { accept: 'text/html' });
  expect(await response.text()).toBe(edgePage);
  expect(response.headers.get('cache-control')).toBeNull();
  expect((await ask('kv', '/inkling/context')).status).toBe(404);
});

/** An edge with a clock that is set, and a record that is changed under it. */
function setUp(kept = new Map<string, Response>(), waitMs = 5000) {
  let now = Date.now();
  let record: () => Promise<string | null> = async () => null;
  let reads = 0;
  let random = 0.5;
  let hangs = false;
  const files = new Map(published);
  const diagnostics: string[] = [];
  const background: Promise<unknown>[] = [];
  const platform: EdgePlatform = {
    store: {
      get(key) {
        expect(key).toBe('release');
        reads++;
        return record();
      },
    },
    cache: {
      match: async (key) => kept.get(key)?.clone(),
      put: async (key, response) => void kept.set(key, response),
    },
    waitUntil: (promise) => background.push(promise),
    now: () => now,
    random: () => random,
    fetch: () => Promise.reject(new Error('unexpected request')),
  };
  const edge = createEdge({
    origin: async () => new Response(edgePage, { headers: { ...html, 'cache-control': 'max-age=60' } }),
    pack: {
      waitMs,
      read: async ({ url }) => {
        if (hangs) return new Promise(() => undefined);
        const body = files.get(new URL(url).pathname.slice('/inkling/'.length));
        return new Response(body as BodyInit | undefined, { status: body ? 200 : 404 });
      },
    },
    onDiagnostic: ({ code }) => diagnostics.push(code),
  });
  return {
    files,
    kept,
    diagnostics,
    reads: () => reads,
    hang: () => {
      hangs = true;
    },
    draw: (value: number) => {
      random = value;
    },
    release: (text: string | (() => Promise<string | null>)) => {
      record = typeof text === 'string' ? async () => text : text;
    },
    pass: (ms: number) => {
      now += ms;
    },
    /** @param settles Whether to wait for what runs behind. */
    async version(settles = true) {
      const request = new Request('https://shop.test/', { headers: { accept: 'text/html', ...PHONE } });
      const { slates } = slotsOf(await (await edge(request, platform)).text());
      if (settles) await Promise.all(background.splice(0));
      return slates[0]?.version;
    },
  };
}

test('the record is read once in ten seconds, and one page later it holds', async () => {
  const { version, release, pass, reads } = setUp();
  release('{"stable":"12"}');
  for (let i = 0; i < 5; i++) expect(await version()).toBe(12);
  expect(reads()).toBe(1);
  release('off');
  pass(9999);
  expect(await version()).toBe(12);
  expect(reads()).toBe(1);
  pass(1);
  expect(await version()).toBe(12);
  expect(await version()).toBeUndefined();
  expect(reads()).toBe(2);
});

test('after a quiet minute the record is waited for', async () => {
  const { version, release, pass } = setUp();
  release('{"stable":"12"}');
  expect(await version()).toBe(12);
  release('off');
  pass(60_001);
  expect(await version()).toBeUndefined();
});

test.each<[string, () => Promise<string | null>]>([
  ['fails', () => Promise.reject(new Error('no KV'))],
  ['has half a record', async () => '{"stable":'],
  ['has another’s value', async () => '["12"]'],
  ['has a share that is none', async () => '{"stable":"13","share":5}'],
  ['has a word too many', async () => '{"stable":"13","shares":0.5}'],
])('a store that %s leaves the last good record', async (_, broken) => {
  const { version, release, pass, diagnostics } = setUp();
  release('{"stable":"12"}');
  expect(await version()).toBe(12);
  release(broken);
  pass(10_000);
  expect([await version(), await version()]).toEqual([12, 12]);
  expect(diagnostics).toEqual(['release_refused']);
});

test('a store that hangs holds up no page', async () => {
  const { version, release } = setUp();
  release(() => new Promise((resolve) => setTimeout(resolve, 300, '{"stable":"12"}')));
  expect(await version()).toBe(11);
  expect(await version()).toBe(12);
});

test('a store or a pack that never answers is waited for once', async () => {
  const { version, release, pass, hang } = setUp(new Map(), 100);
  release(() => new Promise(() => undefined));
  hang();
  expect(await version(false)).toBeUndefined();
  pass(9999);
  const wait = vi.spyOn(globalThis, 'setTimeout');
  expect(await version(false)).toBeUndefined();
  // The millisecond that each page's bytes have to be at hand apart.
  expect(wait.mock.calls.filter(([, ms]) => ms !== 1)).toEqual([]);
  wait.mockRestore();
});

test('which pages are the canary’s is drawn, and no page is shared between it and the stable pack', async () => {
  const shared = { signals: ['device.form'] } as const;
  const { version, release, draw, files, kept } = setUp();
  for (const number of [12, 13]) {
    const pack = await buildEdgePack({ version: number, seed: `model ${number}`, shared });
    for (const [name, bytes] of pack) files.set(name === 'pack.json' ? `${number}/${name}` : name, bytes);
  }
  release('{"stable":"12","canary":"13","share":0.05}');
  for (const round of [1, 2]) {
    draw(0.05);
    expect([round, await version()]).toEqual([round, 12]);
    draw(0.049);
    expect([round, await version()]).toEqual([round, 13]);
  }
  expect([...kept.keys()].filter((key) => key.includes('/page/'))).toHaveLength(2);
});

test('a released version that is broken leaves the last good pack, whichever it was', async () => {
  const { version, release, pass, files, diagnostics } = setUp();
  release('{"stable":"12"}');
  expect(await version()).toBe(12);
  files.set('13/pack.json', (files.get('13/pack.json') as Uint8Array).slice(1));
  release('{"stable":"13"}');
  pass(10_000);
  await version();
  expect(await version()).toBe(12);
  expect(diagnostics).toEqual(['pack_refused']);
});

test('a site’s page in the place of a missing file is not taken for it', async () => {
  const edge = createEdge({ origin: async () => new Response('<p>Home', { headers: html }), pack: {} });
  const response = await edge(new Request('https://shop.test/inkling/ranker-0123456789abcdef.onnx'), {
    waitUntil: () => undefined,
    now: Date.now,
    random: Math.random,
    fetch: () => Promise.reject(new Error('unexpected request')),
  });
  expect(response.headers.get('content-type')).toBe(html['content-type']);
  expect(response.headers.get('cache-control')).toBeNull();
});

test('in a new isolate the last good version is looked for once a minute, and costs no page', async () => {
  const kept = new Map<string, Response>();
  const before = setUp(kept);
  before.release('{"stable":"12"}');
  await before.version();
  const after = setUp(kept);
  after.release('{"stable":"99"}');
  expect(await after.version()).toBe(12);
  const [key = ''] = [...kept.keys()].filter((name) => name.includes('/release/'));
  for (const odd of [new Response('../secret'), new Response('99'), undefined]) {
    if (odd) kept.set(key, odd);
    else kept.delete(key);
    const { version, release, diagnostics } = setUp(kept);
    release('{"stable":"99"}');
    expect([await version(), await version()]).toEqual([undefined, undefined]);
    expect(diagnostics).toEqual(['pack_refused']);
  }
});
