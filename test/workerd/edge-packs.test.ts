import { createHash, webcrypto } from 'node:crypto';
import { createEdge, type EdgePlatform } from '@inkling/edge';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEdgePack, edgePage } from './edge-pack.ts';
import { slotsOf } from './slots-of.ts';
import { type OriginAnswer, type RunningEdge, startEdge } from './start-edge.ts';

type Files = ReadonlyMap<string, Uint8Array>;

const PHONE = { 'user-agent': 'Mozilla/5.0 (iPhone) Mobile' };
const html = { 'content-type': 'text/html; charset=utf-8' };
const DAY = 86_400_000;

let files: Files;
let answer: (name: string) => OriginAnswer | undefined;
let edge: RunningEdge;

beforeAll(async () => {
  files = await buildEdgePack();
  edge = await startEdge({
    worker: new URL('./forgetful-pack-worker.ts', import.meta.url),
    cf: {},
    origin: ({ url }) => {
      const { pathname } = new URL(url);
      if (!pathname.startsWith('/inkling/')) return { body: edgePage, headers: html };
      return answer(pathname.slice('/inkling/'.length)) ?? { body: 'no such file', status: 404, headers: {} };
    },
  });
});

afterAll(() => edge?.dispose());

const from = (given: Files) => (name: string) => {
  const body = given.get(name);
  return body && { body, headers: {} };
};

/** The pack with its pack.json changed, and nothing else. */
function changed(given: Files, change: (pack: Record<string, unknown>) => unknown): Files {
  const pack = JSON.parse(new TextDecoder().decode(given.get('pack.json')));
  return new Map([
    ...given,
    ['pack.json', new TextEncoder().encode(JSON.stringify({ ...pack, ...(change(pack) as object) }))],
  ]);
}

test('with its pack there the page is decided', async () => {
  answer = from(files);
  expect(slotsOf((await edge.visit('/', { headers: PHONE })).text).slates).toHaveLength(3);
});

test('so is it by files beside pack.json, when none is inlined', async () => {
  answer = from(withoutInline(files));
  expect(slotsOf((await edge.visit('/', { headers: PHONE })).text).slates).toHaveLength(3);
});

const withoutInline = (given: Files) =>
  changed(given, ({ assets }) => ({
    assets: (assets as object[]).map((asset) => ({ ...asset, inline: undefined })),
  }));
const withModel = (given: Files, change: (model: Uint8Array) => Uint8Array, sameHash = false): Files => {
  const bare = withoutInline(given);
  const name = [...given.keys()].find((file) => file.endsWith('.onnx')) ?? '';
  const model = change(given.get(name) as Uint8Array);
  const sha256 = createHash('sha256').update(model).digest('hex');
  const named = changed(bare, ({ assets }) => ({
    assets: (assets as { path: string }[]).map((asset) =>
      asset.path === name && !sameHash ? { ...asset, sha256 } : asset,
    ),
  }));
  return new Map([...named, [name, model]]);
};

test.each<[string, () => (name: string) => OriginAnswer | undefined]>([
  ['missing', () => () => undefined],
  ['an HTML page', () => () => ({ body: '<p>Log in', headers: html })],
  [
    'cut off',
    () => from(new Map([...files, ['pack.json', (files.get('pack.json') as Uint8Array).subarray(0, 99)]])),
  ],
  ['of another format', () => from(changed(files, () => ({ format: 2 })))],
  ['expired', () => from(changed(files, () => ({ expiresAt: new Date(Date.now() - 1000).toISOString() })))],
  ['below its own floor', () => from(changed(files, () => ({ floor: 2 })))],
  [
    'without its model',
    () => from(new Map([...withoutInline(files)].filter(([name]) => !name.endsWith('.onnx')))),
  ],
  [
    'with another model than it says',
    () => from(withModel(files, (model) => model.map((byte) => byte ^ 1), true)),
  ],
  ['with a model that is none', () => from(withModel(files, (model) => model.map((byte) => byte ^ 1)))],
  ['with a model of another spec', () => from(changed(files, () => ({ fingerprint: '0123456789abcdef' })))],
  ['larger than a pack may be', () => from(changed(files, () => ({ id: 'x'.repeat(140_000) })))],
  [
    'reaching out of its folder',
    () =>
      from(
        changed(withoutInline(files), ({ assets }) => ({
          assets: (assets as object[]).map((asset) => ({ ...asset, path: '../secret' })),
        })),
      ),
  ],
])('a pack that is %s leaves the slots as they were', async (_, make) => {
  answer = make();
  const { text, status } = await edge.visit('/', { headers: PHONE });
  expect(status).toBe(200);
  expect(text.replace(/<script.*?<\/script>/, '')).toBe(edgePage);
});

/** An edge with a clock that is set and a pack that is changed under it. */
function setUp(options: { publicKeys?: readonly string[]; refreshMs?: number } = {}) {
  let now = Date.now();
  let given: Files = new Map();
  const asked: string[] = [];
  const diagnostics: unknown[] = [];
  const background: Promise<unknown>[] = [];
  const platform: EdgePlatform = {
    waitUntil: (promise) => background.push(promise),
    now: () => now,
    random: () => 0.5,
    fetch: () => Promise.reject(new Error('unexpected request')),
  };
  const edge = createEdge({
    origin: async () => new Response(edgePage, { headers: html }),
    pack: {
      waitMs: 5000,
      ...options,
      async read({ url, headers }) {
        const name = new URL(url).pathname.slice('/inkling/'.length);
        const body = given.get(name);
        const etag = `"${createHash('sha256')
          .update(body ?? '')
          .digest('hex')}"`;
        const isSame = headers.get('if-none-match') === etag;
        asked.push(`${name}${isSame ? ' 304' : ''}`);
        if (isSame) return new Response(null, { status: 304 });
        return new Response(body as BodyInit | undefined, { status: body ? 200 : 404, headers: { etag } });
      },
    },
    onDiagnostic: ({ cause }) => diagnostics.push((cause as { readonly code?: string }).code),
  });
  return {
    asked,
    diagnostics,
    give: (next: Files) => {
      given = next;
    },
    pass: (ms: number) => {
      now += ms;
    },
    /** The versions that the page's slots are decided by, once what runs behind has ended. */
    async versions() {
      const response = await edge(
        new Request('https://shop.test/', { headers: { accept: 'text/html', ...PHONE } }),
        platform,
      );
      const { slates } = slotsOf(await response.text());
      await Promise.all(background.splice(0));
      return [...new Set(slates.map(({ version }) => version))];
    },
  };
}

test('a newer pack is asked for once a minute, and unchanged not sent again', async () => {
  const { versions, give, pass, asked } = setUp();
  give(files);
  expect(await versions()).toEqual([1]);
  expect(await versions()).toEqual([1]);
  pass(60_000);
  expect(await versions()).toEqual([1]);
  give(await buildEdgePack({ version: 2 }));
  pass(60_000);
  // This page goes out by what is there; the next is decided by the newer one.
  expect(await versions()).toEqual([1]);
  expect(await versions()).toEqual([2]);
  expect(asked).toEqual(['pack.json', 'pack.json 304', 'pack.json']);
});

test('the last good pack stays while what comes after it is broken, until it expires', async () => {
  const { versions, give, pass, diagnostics } = setUp();
  give(await buildEdgePack({ days: 1 }));
  expect(await versions()).toEqual([1]);
  give(new Map());
  pass(60_000);
  expect(await versions()).toEqual([1]);
  expect(await versions()).toEqual([1]);
  expect(diagnostics).toEqual(['E_PACK_FETCH']);
  pass(DAY);
  expect(await versions()).toEqual([]);
});

test('an older version is a rollback, but not below the highest floor', async () => {
  const { versions, give, pass, diagnostics } = setUp();
  const next = async (pack: Files) => {
    give(pack);
    pass(60_000);
    await versions();
    return versions();
  };
  expect(await next(await buildEdgePack({ version: 3, floor: 2 }))).toEqual([3]);
  expect(await next(await buildEdgePack({ version: 2 }))).toEqual([2]);
  expect(await next(await buildEdgePack({ version: 1 }))).toEqual([2]);
  expect(diagnostics).toEqual(['E_PACK_FLOOR']);
});

test('a pack that turns the site off is obeyed within a minute, and so is the one that turns it on again', async () => {
  const { versions, give, pass, diagnostics } = setUp();
  const next = async (pack: Files) => {
    give(pack);
    pass(60_000);
    await versions();
    return versions();
  };
  expect(await next(files)).toEqual([1]);
  expect(await next(changed(files, () => ({ version: 2, off: true })))).toEqual([]);
  expect(await next(changed(files, () => ({ version: 3 })))).toEqual([3]);
  expect(diagnostics).toEqual([]);
});

test('with keys only what one of them signed is used', async () => {
  const { publicKey, privateKey } = await webcrypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign', 'verify'],
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey('raw', publicKey)).toString('base64url');
  const bytes = new Uint8Array(files.get('pack.json') as Uint8Array);
  const sig = Buffer.from(
    await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes),
  ).toString('base64url');
  const signed = new Map([
    ...files,
    ['pack.json.sig', new TextEncoder().encode(JSON.stringify({ kid: key.slice(0, 16), sig }))],
  ]);
  const { versions, give, pass, diagnostics } = setUp({ publicKeys: [key] });
  give(files);
  expect(await versions()).toEqual([]);
  pass(60_000);
  give(changed(signed, () => ({ version: 9 })));
  expect(await versions()).toEqual([]);
  pass(60_000);
  give(signed);
  expect([await versions(), await versions()].flat()).toContain(1);
  expect(diagnostics).toEqual(['E_PACK_FETCH', 'E_PACK_SIGNATURE']);
});
