import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CliError,
  diffText,
  type PackCommand,
  runDiff,
  runInit,
  runKeys,
  runPack,
  runTrainFromRules,
  runVerify,
} from '@inkling/cli';
import type { Item } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const now = () => new Date('2026-11-20T12:00:00Z');

let folder: string;
let site: Server;
let elsewhere: Server;
/** Bytes of the answer without end. */
let sent = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-packs-'));
  await runInit({ site: 'shop', folder: join(folder, 'source') });
  await runKeys({ out: join(folder, 'old.pem') });
  await release(1, 'source', 'old.pem');
  elsewhere = await listen((_, response) => response.end(readFileSync(join(folder, 'pack-1/pack.json'))));
  site = await listen(answer);
});
afterAll(() => {
  site.close();
  elsewhere.close();
  rmSync(folder, { recursive: true });
});

async function release(
  version: number,
  source: string,
  key: string,
  change: Pick<PackCommand, 'floor' | 'off'> = {},
): Promise<void> {
  const at = (name: string) => join(folder, source, name);
  const [catalog, model] = [at('catalog.json'), at('model')];
  await runTrainFromRules({ fromRules: at('rules.json'), spec: at('features.json'), catalog, out: model });
  await runPack({
    id: 'shop',
    version,
    catalog,
    spec: join(model, 'features.json'),
    slots: at('slots.json'),
    settings: at('settings.json'),
    model: join(model, 'ranker.onnx'),
    card: at('card.json'),
    key: join(folder, key),
    out: join(folder, `pack-${version}`),
    now,
    ...change,
  });
}

async function listen(handler: RequestListener): Promise<Server> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** A site with the pack, and with places that answer as they should not. */
const answer: RequestListener = (request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://site');
  const [, place = '', name = ''] = pathname.split('/');
  const redirect = (location: string) => response.writeHead(302, { location }).end();
  if (place === 'moved') return redirect(`/pack-1/${name}`);
  if (place === 'abroad') return redirect(`${originOf(elsewhere)}/${name}`);
  if (place === 'circle') return redirect(request.url ?? '');
  if (place === 'endless') {
    response.on('error', () => undefined);
    const more = () => {
      for (let flows = true; flows && !response.destroyed; sent += 65_536) {
        flows = response.write('x'.repeat(65_536));
      }
    };
    response.on('drain', more);
    return more();
  }
  const file = join(folder, place, name);
  return existsSync(file) ? response.end(readFileSync(file)) : response.writeHead(404).end();
};

const verify = (path: string, more: object = {}) =>
  runVerify({ source: `${originOf(site)}${path}`, now, ...more });

test('a pack on a site is checked like one in a folder', async () => {
  const key = (await keyOf('old.pem')).split(' ').slice(0, 1);
  for (const path of ['/pack-1/', '/pack-1', '/pack-1/pack.json', '/moved/'])
    expect((await verify(path, { key })).version).toBe(1);
  await expect(verify('/pack-1/', { key: ['B'.repeat(87)] })).rejects.toThrow(/expected kid/);
});

test.each<[string, string, RegExp]>([
  ['what is not there', '/nowhere/', /\/nowhere\/pack\.json: expected a readable file, found status 404/],
  [
    'a redirect to another origin',
    '/abroad/',
    /expected an answer of http:\S+, found a redirect to http:\S+/,
  ],
  ['redirects without end', '/circle/', /expected at most 5 redirects, found more/],
  ['an answer without end', '/endless/', /expected at most 1048576 bytes, found more/],
])('refuses %s', async (_, path, message) => {
  const error = await verify(path).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(CliError);
  expect((error as Error).message).toMatch(message);
  // What a socket holds was sent too, but no more was asked for.
  expect(sent).toBeLessThan(16_777_216);
});

test('refuses a site that does not answer', async () => {
  const closed = await listen(() => undefined);
  const origin = originOf(closed);
  await new Promise((resolve) => closed.close(resolve));
  await expect(runVerify({ source: origin, now })).rejects.toThrow(
    /pack\.json: expected an answer, found .*ECONNREFUSED/,
  );
  await expect(runVerify({ source: 'http://', now })).rejects.toThrow(/expected a URL/);
});

/** Of an existing private key, as a rotation prints it. */
async function keyOf(file: string): Promise<string> {
  const out = join(folder, `beside-${file}`);
  rmSync(out, { force: true });
  return (await runKeys({ out, replaces: join(folder, file) })).dataKey.split(' ')[1] ?? '';
}

test('rotation: both keys are taken while packs of both are in use; then the old one is dropped', async () => {
  const { key, dataKey } = await runKeys({ out: join(folder, 'new.pem'), replaces: join(folder, 'old.pem') });
  const [first, old = ''] = dataKey.split(' ');
  expect([first, old.length]).toEqual([key, 87]);
  await release(2, 'source', 'new.pem', { floor: 2 });
  const folderOf = (version: number) => join(folder, `pack-${version}`);
  for (const version of [1, 2]) await runVerify({ source: folderOf(version), key: [key, old], now });
  await runVerify({ source: folderOf(2), key: [key], now });
  await expect(runVerify({ source: folderOf(1), key: [key], now })).rejects.toThrow(/expected kid/);
  // Whoever has seen the floor of the second takes the first no more.
  await expect(runVerify({ source: folderOf(1), key: [old], floor: 2, now })).rejects.toThrow(
    /pack\.version: expected 2 or more, found 1/,
  );
  await runVerify({ source: folderOf(2), key: [key], floor: 2, now });
  const nothing = { out: join(folder, 'third.pem'), replaces: join(folder, 'source/rules.json') };
  await expect(runKeys(nothing)).rejects.toThrow(/expected a private P-256 key/);
  expect(existsSync(nothing.out)).toBe(false);
});

test('the kill switch: a whole pack, signed, verified, and named in a diff', async () => {
  await release(9, 'source', 'old.pem', { off: true });
  const folderOf = (version: number) => join(folder, `pack-${version}`);
  await runVerify({ source: folderOf(9), key: [await keyOf('old.pem')], now });
  const { off } = JSON.parse(readFileSync(join(folderOf(9), 'pack.json'), 'utf8'));
  expect(off).toBe(true);
  const { parts } = await runDiff({ before: folderOf(1), after: folderOf(9) });
  expect(parts.Settings).toEqual([{ name: 'off', after: 'true' }]);
});

test('diff: what was changed is said, by its own words, and what the page shows in moments that people know', async () => {
  cpSync(join(folder, 'source'), join(folder, 'changed'), { recursive: true });
  const edit = (name: string, change: (value: never) => unknown) => {
    const file = join(folder, 'changed', name);
    writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as never)));
  };
  edit('rules.json', (rules: object[]) => [
    ...rules.map((rule) => ({ ...rule, ...('when' in rule && { strength: 'weak' }) })).slice(1),
    {
      when: { 'weather.condition': 'rain' },
      prefer: 'item:candle',
      strength: 'decisive',
      because: 'Stay in & <read>.',
    },
  ]);
  edit('catalog.json', (items: Item[]) => [
    ...items
      .filter(({ id }) => id !== 'sandals')
      .map((item) => (item.id === 'candle' ? { ...item, price: 21 } : item)),
    { id: 'kettle', title: '<b>Kettle</b>', tags: ['coffee'], group: 'product' },
  ]);
  edit('slots.json', ([hero, grid]: { rules: object[] }[]) => [
    hero,
    {
      ...grid,
      k: 6,
      policy: { type: 'epsilon', epsilon: 1 },
      rules: [...(grid?.rules ?? []), { type: 'cap', tag: 'gift', max: 2 }],
    },
  ]);
  edit('settings.json', () => ({ sensitive: ['health', 'gift'] }));
  await release(3, 'changed', 'old.pem');
  const diff = await runDiff({ before: join(folder, 'pack-1'), after: join(folder, 'pack-3') });
  expect(diff.parts).toMatchObject({
    Rules: expect.arrayContaining([
      { name: 'prefer tag:rain-gear when weather.condition is rain or storm', before: 'strong' },
      { name: 'prefer tag:coffee when time.hour is 6-10', before: 'medium', after: 'weak' },
      { name: 'prefer item:candle when weather.condition is rain', after: 'decisive' },
    ]),
    Features: expect.arrayContaining([
      expect.objectContaining({ after: '“Stay in & <read>.” (weather)' }),
      expect.objectContaining({ before: '“It is raining where you are.” (weather)' }),
    ]),
    Items: expect.arrayContaining([
      { name: 'Candle', before: 'price 19', after: 'price 21' },
      { name: 'Sandals', before: expect.stringContaining('"id":"sandals"') },
      { name: '<b>Kettle</b>', after: expect.stringContaining('"id":"kettle"') },
    ]),
    Slots: [
      {
        name: 'grid',
        before: 'k 8, policy {"epsilon":0.05,"top":10,"type":"epsilon"}',
        after: 'k 6, policy {"epsilon":1,"type":"epsilon"}',
      },
      { name: 'grid, rule 2: cap max 2, tag gift', after: '' },
    ],
    Settings: [{ name: 'sensitive', before: '["health"]', after: '["health","gift"]' }],
  });
  expect(Object.keys(diff.parts)).toEqual(['Bytes', 'Features', 'Rules', 'Slots', 'Settings', 'Items']);
  const rainy = diff.slates.find(({ slot, moment }) => slot === 'grid' && moment.startsWith('rainy'));
  expect([rainy?.before[0], rainy?.after[0]]).toEqual(['rain-shell', 'candle']);
  expect([rainy?.before.length, rainy?.after.length]).toEqual([8, 6]);
  const said = diffText(diff);
  expect(said).toMatch(/^shop version 1 of 2026-11-20 → shop version 3 of 2026-11-20\n/);
  expect(said).toMatch(/\n {2}grid, rainy morning, phone\n {4}new candle, .*rain-shell ▼2/);
  expect(said).toMatch(/; gone: .*coffee-/);

  const html = join(folder, 'diff.html');
  await runDiff({ before: join(folder, 'pack-1'), after: join(folder, 'pack-3'), html });
  const page = readFileSync(html, 'utf8');
  expect(page).toContain('<li class="new">Candle <small>new here</small></li>');
  expect(page).toContain('&#60;b&#62;Kettle');
  expect(page).not.toMatch(/<b>|<read>|<script|<link|https?:/);
});

test('the page of a diff opens from disk, asks for nothing, fits a phone, and axe finds no fault in light or dark', async () => {
  const html = join(folder, 'page.html');
  await runDiff({ before: join(folder, 'pack-1'), after: join(folder, 'pack-3'), html });
  const browser = await launchChromium();
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme, viewport: { width: 360, height: 800 } });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(html).href);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(asked).toHaveLength(1);
      await page.addScriptTag({ content: AXE });
      const violations = await page.evaluate<string[]>(
        "axe.run().then((r) => r.violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))",
      );
      expect(violations).toEqual([]);
      await page.close();
    }
  } finally {
    await browser.close();
  }
});

test('diff: a pack and itself do not differ, over http, years after it expired', async () => {
  const diff = await runDiff({ before: join(folder, 'pack-1'), after: `${originOf(site)}/pack-1/` });
  expect(diff.parts).toEqual({});
  expect(diffText(diff)).toMatch(/\n\nSlates: 0 of 12 sample slates differ, 12 are the same$/);
  const later = () => new Date('2028-01-01');
  await expect(runVerify({ source: join(folder, 'pack-1'), now: later })).rejects.toThrow(/pack\.expiresAt/);
});
