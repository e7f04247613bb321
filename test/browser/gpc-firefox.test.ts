import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Storefront, serveStorefront } from '../../scripts/serve-storefront.ts';
import { startFirefox } from '../engines/firefox.ts';
import type { Honoured } from '../engines/gpc-probe.ts';
import { underTest } from '../engines/under-test.ts';
import { NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';
import { SHOP_FOLDER } from './shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkling-gpc-'));
let shop: Storefront;
beforeAll(async () => {
  cpSync(SHOP_FOLDER, folder, { recursive: true });
  const home = join(folder, 'index.html');
  writeFileSync(home, underTest(readFileSync(home, 'utf8')));
  await build({
    entryPoints: [join(import.meta.dirname, '../engines/gpc-probe.ts')],
    bundle: true,
    outfile: join(folder, 'probe.js'),
    format: 'iife',
    target: 'es2022',
  });
  writeFileSync(join(folder, 'probe.html'), '<!doctype html><body><script src="/probe.js"></script>');
  shop = await serveStorefront({ dir: folder, cf: { country: 'NO', timezone: 'Europe/Oslo' } });
});
afterAll(async () => {
  await shop.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** The browser's own switch: it sends the header and sets the property, https://w3c.github.io/gpc/. */
const SIGNAL = {
  'privacy.globalprivacycontrol.enabled': true,
  'privacy.globalprivacycontrol.functionality.enabled': true,
};

test.for([
  ['on', SIGNAL, { property: true, header: true, profile: 'refused', asks: false, stored: 0 }],
  ['off', {}, { property: false, header: false, profile: 'unset', asks: true, stored: 0 }],
] as const)('Firefox with its own Global Privacy Control %s', { timeout: 60_000 }, async (row, { skip }) => {
  const [, preferences, expected] = row;
  const answer = await visitIn(() => startFirefox(preferences), `${shop.url}/probe`);
  if (answer === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
  expect(answer).toMatchObject(expected);
  expect((answer as Honoured).says.includes('Opt-out request honoured')).toBe(expected.property);
});
