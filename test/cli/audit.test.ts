import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  type Audit,
  auditSite,
  CliError,
  FLOWS,
  launchForAudit,
  runAudit,
  siteFileSchema,
} from '@inkling/cli';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  beaconOf,
  DECLARES_TOTALS,
  EARLY_BREACHES,
  SEEDED_BREACHES,
  WORKER_BREACHES,
  WORKER_SEED,
} from './audit-seeds.ts';
import { type Seed, serveShop } from './audited-shop.ts';
import { bundleNoticeTag } from './notice-tag.ts';

const BIN = join(import.meta.dirname, '../../packages/cli/src/bin.ts');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PACK = join(import.meta.dirname, '../../examples/storefront/dist/inkling');
const QUIET_MS = 150;

let browser: Browser;
let folder: string;
// A loaded machine makes a visit longer, never different.
vi.setConfig({ testTimeout: process.env.INKLING_DEEP ? 1_800_000 : 120_000 });

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
    const how = { quietMs: QUIET_MS, pictures: false, parallel: 4 };
    return await auditSite({ browser, url: shop.url, site, flows, ...how });
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
    'inkling/pack profile',
    'inkling/pack-files profile',
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
  const seed = { script: scripts.join('\n'), headers, files: { '/empty.js': '' } };
  const { breaches } = await audit(seed, ['no choice']);
  const missed = EARLY_BREACHES.filter(
    ([, code, says]) => !breaches.some((breach) => breach.code === code && breach.message.includes(says)),
  );
  expect(missed.map(([breaks]) => breaks)).toEqual([]);
  expect(EARLY_BREACHES.length + SEEDED_BREACHES.length).toBeGreaterThan(40);
});

test('finds what a page does in its workers', async () => {
  const { breaches } = await audit(WORKER_SEED, ['GPC header alone']);
  const missed = WORKER_BREACHES.filter(
    ([, code, says]) => !breaches.some((breach) => breach.code === code && breach.message.includes(says)),
  );
  expect(missed.map(([breaks]) => breaks)).toEqual([]);
});

/** Those of a flow that do not get in each other's way, in one visit; each in its own, and in all flows, in a deep run. */
const VISITS = Object.values(
  Object.groupBy(SEEDED_BREACHES, ({ flow, breaks, isAlone }) =>
    isAlone || process.env.INKLING_DEEP ? breaks : flow,
  ),
).map((seeds = []) => ({ seeds, breaks: seeds.map(({ breaks }) => breaks).join(', ') }));

test.concurrent.for(VISITS)('finds $breaks', async ({ seeds }) => {
  const script = seeds.map((seed) => `{ ${seed.script} }`).join('\n');
  const declares = Object.assign({}, ...seeds.map((seed) => seed.declares));
  const flows = process.env.INKLING_DEEP ? FLOWS : seeds.slice(0, 1).map(({ flow }) => flow);
  const { breaches } = await audit({ script }, flows, declares);
  const missed = seeds.filter(
    ({ flow, code, says = '' }) =>
      !breaches.some((found) => found.flow === flow && found.code === code && found.message.includes(says)),
  );
  expect(missed.map(({ breaks }) => breaks)).toEqual([]);
});

test('a beacon of the declared shape is none', async () => {
  const script = beaconOf(`{ slot: 'grid', count: 1 }`) + beaconOf('{}', '/undeclared');
  const { breaches, flows } = await audit({ script }, ['accept'], DECLARES_TOTALS);
  expect(breaches.map(({ code, message }) => [code, message.split(' ')[1]])).toEqual([
    ['request-undeclared', '/undeclared'],
  ]);
  const sent = flows.flatMap(({ steps }) => steps.flatMap(({ observations }) => observations));
  expect(sent.find(({ purpose, api }) => purpose === 'measurement' && api === 'ping')?.body).toBe(
    '{"slot":"grid","count":1}',
  );
});

const CALIFORNIA = { edge: { geo: { country: 'US', region: 'CA' } } };

test('in an opt-out region the device may be read before a choice, nothing more, and the page may not be laxer', async () => {
  const script = `navigator.language; screen.width; navigator.plugins; document.cookie = 'id=1';`;
  const seed = { ...CALIFORNIA, script };
  const [optOut, optIn] = await Promise.all([
    audit(seed, ['no choice', 'refuse'], { regime: 'opt-out', refusalDays: 365 }),
    audit(seed, ['no choice']),
  ]);
  const codes = ({ breaches }: Audit, flow: string) => [
    ...new Set(breaches.filter((breach) => breach.flow === flow).map(({ code }) => code)),
  ];
  expect(codes(optOut, 'no choice').sort()).toEqual(['read-undeclared', 'store-undeclared']);
  // Refused is refused.
  expect(codes(optOut, 'refuse').sort()).toEqual(['read-undeclared', 'read-ungranted', 'store-undeclared']);
  expect(optOut.flows[1]?.steps.map(({ name }) => name)).toContain('day 364');
  expect(codes(optIn, 'no choice').sort()).toEqual([
    'read-undeclared',
    'read-ungranted',
    'regime-laxer',
    'store-undeclared',
  ]);
});

test('where telling is enough nobody is asked, and the choices work all the same', async () => {
  const seed = { edge: { geo: { country: 'XA' } }, files: { '/inkling.js': await bundleNoticeTag('XA') } };
  const flows = ['no choice', 'refuse', 'withdraw'];
  expect((await audit(seed, flows, { regime: 'notice' })).breaches).toEqual([]);
  // The same page where it should ask.
  expect((await audit(seed, ['no choice'], { regime: 'opt-out' })).breaches).toMatchObject([
    { code: 'not-asked' },
    { code: 'regime-laxer' },
  ]);
});

test('the report opens from disk, asks for nothing, shows each step, and axe finds nothing', async () => {
  const report = `fetch('/seen', { method: 'POST', body: '{"n":1}' });`;
  const shop = await serveShop({ script: `document.cookie = '<img src=x>=1'; ${report}` });
  const out = join(folder, 'report');
  const pack = join(folder, 'pack');
  const seen = {
    id: 'seen',
    url: '/seen',
    purpose: 'measurement',
    fields: ['n'],
    sentence: 'It is counted.',
  };
  mkdirSync(pack);
  const served = JSON.parse(readFileSync(join(PACK, 'pack.json'), 'utf8'));
  writeFileSync(join(pack, 'pack.json'), JSON.stringify({ ...served, egress: [seen] }));
  const url = shop.url;
  const { flows } = await runAudit({
    url,
    out,
    pack,
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
  // Declared by the pack for a purpose that nobody has granted yet.
  expect(json.breaches[1]).toMatchObject({ code: 'request-ungranted', flow: 'no choice' });
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
    inkling(clean.url, '--out', folder, '--controls', controls),
  ]);
  seeded.close();
  expect(runs.map(({ status }) => status)).toEqual([0, 1, 2]);
  expect(runs[1]?.out).toContain('no choice, first page: cookie "id" (4 B) is stored and nobody declares it');
  expect(runs[2]?.err).toContain('controls.json: stores[0].api: expected');
  const now = () => new Date(0);
  for (const wrong of [
    { url: 'ftp://shop.example/' },
    { url: 'http://127.0.0.1:9/' },
    { flow: ['none'] },
    { region: 'California' },
    { pack: join(folder, 'none') },
    { browser: join(folder, 'chrome') },
  ])
    await expect(runAudit({ url: clean.url, out: folder, now, ...wrong })).rejects.toThrow(CliError);
  clean.close();
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
  const flows = process.env.INKLING_DEEP
    ? ['no choice', 'close', 'refuse', 'two visitors', 'accept', 'withdraw', 'in flight', 'two tabs']
    : ['no choice', 'close', 'refuse', 'withdraw'];
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
