import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Audit, auditSite, FLOWS, launchForAudit, runAudit, siteFileSchema } from '@inkling/cli';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { beaconOf, DECLARES_TOTALS, EARLY_BREACHES, SEEDED_BREACHES } from './audit-seeds.ts';
import { type Seed, serveShop } from './audited-shop.ts';

const BIN = join(import.meta.dirname, '../../packages/cli/src/bin.ts');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const QUIET_MS = 150;

let browser: Browser;
let folder: string;
// A loaded machine makes a visit longer, never different.
vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-audit-'));
  browser = await launchForAudit();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function audit(seed: Seed, flows?: readonly string[], declares: object = {}): Promise<Audit> {
  const shop = await serveShop(seed);
  try {
    const site = siteFileSchema.parse(declares);
    return await auditSite({ browser, url: shop.url, site, quietMs: QUIET_MS, flows, parallel: 4 });
  } finally {
    shop.close();
  }
}

test('the shop as it is: every flow, no breach, evidence for what a program can see', async () => {
  const { flows, breaches, checklist } = await audit({});
  expect(breaches).toEqual([]);
  expect(flows.map(({ name }) => name)).toEqual(FLOWS);
  const verdicts = Object.fromEntries(checklist.map(({ must, verdict }) => [must, verdict]));
  expect(verdicts).toEqual({
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 10, 13, 14, 15, 16].map((must) => [must, 'met'])),
    ...{ 8: 'not applicable', 9: 'manual', 11: 'manual', 12: 'not applicable' },
  });
  // An audit that saw nothing would find nothing: after accepting, all that is declared is there.
  const accepted = flows.find(({ name }) => name === 'accept')?.steps.at(-1);
  expect(accepted?.kept.map(({ name, purpose }) => `${withoutId(name)} ${purpose}`).sort()).toEqual([
    'inkling profile',
    'inkling-receipts receipts',
    'inkling-receipts/… receipts',
    'inkling.consent necessary',
    'inkling/profile profile',
    'inkling/unit measurement',
  ]);
  const read = flows.find(({ name }) => name === 'accept')?.steps.flatMap(({ observations }) => observations);
  expect(read?.find(({ api }) => api === 'language')?.purpose).toBe('context');
  const withdrawn = flows.find(({ name }) => name === 'withdraw')?.steps.at(-1);
  expect(withdrawn?.kept.map(({ name }) => withoutId(name))).toEqual([
    'inkling.consent',
    'inkling-receipts',
    'inkling-receipts/…',
  ]);
  const refused = flows.find(({ name }) => name === 'refuse')?.steps.at(-1);
  expect(refused?.kept.map(({ name }) => name)).toEqual(['inkling.consent']);
});

/** A receipt's own identifier is another one each time. */
function withoutId(name: string): string {
  return name.replace(/[0-9a-f-]{36}$/, '…');
}

test('finds everything that a page does before any choice, each by its name', async () => {
  const scripts = EARLY_BREACHES.flatMap(([, , , act]) => (typeof act === 'string' ? `{ ${act} }` : []));
  const headers = Object.assign(
    {},
    ...EARLY_BREACHES.map(([, , , act]) => (typeof act === 'string' ? {} : act)),
  );
  const files = { '/seeded-worker.js': '' };
  const { breaches } = await audit({ script: scripts.join('\n'), headers, files }, ['no choice']);
  const missed = EARLY_BREACHES.filter(
    ([, code, says]) => !breaches.some((breach) => breach.code === code && breach.message.includes(says)),
  );
  expect(missed.map(([breaks]) => breaks)).toEqual([]);
  expect(EARLY_BREACHES.length + SEEDED_BREACHES.length).toBeGreaterThan(40);
});

test.concurrent.for(SEEDED_BREACHES)('finds $breaks', async ({ flow, code, declares, ...seed }) => {
  const { breaches } = await audit(seed, [flow], declares);
  expect(breaches.map((breach) => breach.code)).toContain(code);
});

test('a beacon of the declared shape is none', async () => {
  const script = beaconOf(`{ slot: 'grid', count: 1 }`);
  const { breaches, flows } = await audit({ script }, ['accept'], DECLARES_TOTALS);
  expect(breaches).toEqual([]);
  const sent = flows.flatMap(({ steps }) => steps.flatMap(({ observations }) => observations));
  expect(sent.find(({ purpose, api }) => purpose === 'measurement' && api === 'ping')?.body).toBe(
    '{"slot":"grid","count":1}',
  );
  expect((await audit({ script }, ['accept'])).breaches.map(({ code }) => code)).toEqual([
    'request-undeclared',
  ]);
});

test('the report opens from disk, asks for nothing, shows each step, and axe finds nothing', async () => {
  const shop = await serveShop({ script: `document.cookie = '<img src=x>=1';` });
  const out = join(folder, 'report');
  const url = shop.url;
  const { flows } = await runAudit({
    url,
    out,
    flow: ['no choice', 'close'],
    quiet: QUIET_MS,
    now: () => new Date(0),
  });
  shop.close();
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url().slice(0, 5)));
  await page.goto(`file://${join(out, 'audit.html')}`);
  expect(requests).toEqual(['file:']);
  expect(await page.locator('script').count()).toBe(0);
  const pictures = await page
    .locator('.step img')
    .evaluateAll((nodes) => nodes.map((node) => (node as HTMLImageElement).naturalWidth));
  expect(pictures).toEqual(flows.flatMap(({ steps }) => steps.map(() => 1280)));
  expect(await page.locator('.verdict').textContent()).toContain('store-undeclared');
  await page.locator('details').evaluateAll((nodes) => {
    for (const node of nodes) node.setAttribute('open', '');
  });
  await page.addScriptTag({ path: AXE });
  for (const [colorScheme, width] of [
    ['light', 1200],
    ['dark', 390],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    expect(
      await page.evaluate('axe.run().then((r) => r.violations.map(({ id, nodes }) => id + nodes[0].html))'),
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await context.close();
  const json: Audit = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8'));
  expect(json.breaches[0]).toMatchObject({ code: 'store-undeclared', must: 1, flow: 'no choice' });
  expect(json.flows[0]?.steps[0]?.screenshot).toBeUndefined();
});

test('on the command line: 1 on a breach, 0 without, 2 for what cannot be audited', async () => {
  const inkling = async (...args: readonly string[]) => {
    const child = spawn(process.execPath, ['--conditions=@inkling/source', BIN, 'audit', ...args], {
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    const [out, err, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve) => child.on('exit', resolve)),
    ]);
    return { out, err, status };
  };
  const [clean, seeded] = await Promise.all([
    serveShop(),
    serveShop({ script: `document.cookie = 'id=1';` }),
  ]);
  const controls = join(folder, 'controls.json');
  writeFileSync(controls, '{ "stores": [{ "api": "localstorage" }] }');
  const some = ['--flow', 'no choice', '--quiet', '150'];
  const runs = await Promise.all([
    inkling(clean.url, '--out', join(folder, 'clean'), ...some),
    inkling(seeded.url, '--out', join(folder, 'seeded'), ...some),
    inkling('ftp://shop.example/', '--out', folder),
    inkling('http://127.0.0.1:9/', '--out', folder),
    inkling(clean.url, '--out', folder, '--controls', controls),
    inkling(clean.url, '--out', folder, '--flow', 'none'),
    inkling(clean.url, '--out', folder, '--browser', join(folder, 'chrome')),
  ]);
  clean.close();
  seeded.close();
  expect(runs.map(({ status }) => status)).toEqual([0, 1, 2, 2, 2, 2, 2]);
  expect(runs[1]?.out).toContain('no choice, first page: cookie "id" (4 B) is stored and nobody declares it');
  expect(runs[4]?.err).toContain('controls.json: stores[0].api: expected');
});

test('another consent manager, by its own controls and declarations', async () => {
  const page = `<!doctype html><title>Another</title><style>button { width: 6rem }</style><a href="/other.html">on</a>
    <button id="back">Choices</button>
    <form id="ask" hidden><button id="no" type="button">No</button><button id="yes" type="button">Yes</button></form>
    <script>
      const answer = (value) => () => {
        document.cookie = 'answer=' + value + '; path=/';
        if (value === 'no') localStorage.removeItem('views');
        ask.hidden = true;
        act();
      };
      const act = () => { if (document.cookie.includes('answer=yes')) localStorage.views = 1; };
      yes.onclick = answer('yes');
      no.onclick = answer('no');
      back.onclick = () => { ask.hidden = false; };
      ask.hidden = document.cookie.includes('answer');
      act();
    </script>`;
  const declares = {
    controls: { banner: '#ask', accept: '#yes', refuse: '#no', reopen: '#back', close: '#close' },
    choice: { api: 'cookie', name: 'answer', purpose: 'necessary', maxBytes: 16 },
    stores: [{ api: 'localStorage', name: 'views', purpose: 'counting' }],
    purposes: ['counting'],
  };
  const flows = [
    'no choice',
    'close',
    'refuse',
    'two visitors',
    'accept',
    'withdraw',
    'in flight',
    'two tabs',
  ];
  expect((await audit({ page }, flows, declares)).breaches).toEqual([]);
  const forgetful = page.replace('removeItem', 'getItem');
  expect((await audit({ page: forgetful }, ['withdraw'], declares)).breaches).toMatchObject([
    { code: 'store-ungranted', must: 4, step: 'withdrawn' },
  ]);
});

test('what the audit takes for granted is what the page on privacy says', () => {
  const { choice, choiceDays, stores, purposes } = siteFileSchema.parse({});
  const rows = readFileSync(join(import.meta.dirname, '../../docs/privacy.md'), 'utf8').split('\n');
  const row = (purpose: string) => rows.find((line) => line.startsWith(`| \`${purpose}\``));
  expect(row('necessary')).toContain(`a grant ${choiceDays} days`);
  expect(row('necessary')).toContain(`| \`${choice.api}['${choice.name}']\``);
  for (const { purpose, name } of stores) {
    const [database, key] = name.split('/');
    if (purposes.includes(purpose)) expect(row(purpose)).toContain(`key \`${key}\``);
    else expect(rows.join(' ')).toContain(`IndexedDB \`${database}\``);
  }
  expect(rows.filter((line) => /^\| `\w+` \|/.test(line)).map((line) => line.split('`')[1])).toEqual([
    'necessary',
    ...purposes,
  ]);
});
