import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Miniflare, NoOpLog } from 'miniflare';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSite } from '../../examples/worker/build.ts';
import { bundleWorker } from '../../scripts/bundle-worker.ts';
import { shownIn, slotsOf } from './slots-of.ts';

const example = join(import.meta.dirname, '../../examples/worker');
const SECRET = 'the secret of the example';
const PHONE = { accept: 'text/html', 'user-agent': 'Mozilla/5.0 (iPhone) Mobile' };

/** What is used here of the example's own wrangler.jsonc. */
interface WranglerConfig {
  readonly main: string;
  readonly compatibility_date: string;
  readonly assets: { readonly directory: string; readonly binding: string };
  readonly kv_namespaces: readonly { readonly binding: string }[];
  readonly durable_objects: {
    readonly bindings: readonly { readonly name: string; readonly class_name: string }[];
  };
  readonly migrations: readonly { readonly new_sqlite_classes: readonly string[] }[];
}

const config: WranglerConfig = JSON.parse(
  readFileSync(join(example, 'wrangler.jsonc'), 'utf8').replace(/^\s*\/\/.*$/gm, ''),
);
let miniflare: Miniflare;
let dist: string;
let logged = '';

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'inkling-example-'));
  await buildSite(dist);
  const { main, compatibility_date: compatibilityDate, assets, kv_namespaces: namespaces } = config;
  const sqlite = config.migrations.flatMap((migration) => migration.new_sqlite_classes);
  miniflare = new Miniflare({
    log: new NoOpLog(),
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume();
      stderr.on('data', (chunk) => {
        logged += chunk;
      });
    },
    cf: {},
    modules: await bundleWorker(
      ['{ default }', '*']
        .map((what) => `export ${what} from ${JSON.stringify(join(example, main))};`)
        .join(''),
      import.meta.dirname,
    ),
    compatibilityDate,
    bindings: { INKLING_REPORT_SECRET: SECRET },
    durableObjects: Object.fromEntries(
      config.durable_objects.bindings.map(({ name, class_name: className }) => [
        name,
        { className, useSQLite: sqlite.includes(className) },
      ]),
    ),
    kvNamespaces: namespaces.map(({ binding }) => binding),
    assets: {
      directory: join(dist, assets.directory.replace(/^dist\//, '')),
      binding: assets.binding,
      routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
    },
  });
  // Half a record: the pack in its folder is used all the same.
  const kv = (await miniflare.getKVNamespace('INKLING')) as unknown as {
    put(key: string, value: string): Promise<void>;
  };
  await kv.put('release', '{"stable":');
});

afterAll(async () => {
  await miniflare?.dispose();
  await rm(dist, { recursive: true, force: true });
});

const ask = (path: string) => miniflare.dispatchFetch(`http://shop.test${path}`, { headers: PHONE });

test('the example starts from its own wrangler.jsonc, decides its page, and says how it is', async () => {
  // The first page may come before the pack.
  await (await ask('/inkling/health')).text();
  const page = await ask('/');
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(slotsOf(html).slates.map(({ slate }) => slate.slot)).toEqual(['grid']);
  expect([...shownIn(html, 'grid')].sort()).toEqual([
    'coffee-press',
    'down-jacket',
    'rain-shell',
    'sandals',
    'sun-hat',
    'umbrella',
  ]);
  const health = (await (await ask('/inkling/health')).json()) as Record<string, Record<string, unknown>>;
  expect([health.off, health.refused?.code, health.pack?.version]).toEqual([false, 'E_OPTIONS', 1]);
  expect(health.weather).toEqual({ breaker: 'closed', callsToday: 0 });
  expect((await ask('/inkling/pack.json')).headers.get('cache-control')).toBe('public, max-age=60');
  expect((await ask('/nothing')).status).toBe(404);
});

test('what went otherwise than planned is one line of JSON in the log', async () => {
  await expect.poll(() => logged).toContain('release_refused');
  const line = JSON.parse(logged.split('\n').find((text) => text.includes('release_refused')) ?? '');
  expect(line).toMatchObject({
    level: 'warn',
    source: 'inkling',
    code: 'release_refused',
    cause: 'E_OPTIONS',
  });
});

test('its pack says where totals go, and there they are counted', async () => {
  const { egress } = (await (await ask('/inkling/pack.json')).json()) as { egress: { url: string }[] };
  const headers = { 'content-type': 'application/json', origin: 'http://shop.test' };
  const cells = [[1, 'grid', 'personalized', '', 'night rain', 2, 1]];
  const body = JSON.stringify({ batch: 'ab'.repeat(16), cells });
  const sent = await miniflare.dispatchFetch(`http://shop.test${egress[0]?.url}`, {
    method: 'POST',
    headers,
    body,
  });
  expect(sent.status).toBe(202);
  const release = (day: string) =>
    miniflare.dispatchFetch(`http://shop.test/inkling/report?day=${day}`, {
      headers: { authorization: `Bearer ${SECRET}` },
    });
  const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  expect((await release(dayAgo(-1))).status).toBe(404);
  expect(await (await release(dayAgo(2))).json()).toEqual({ day: dayAgo(2), k: 50, cells: [] });
});
