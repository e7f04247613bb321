import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Probed } from '../engines/consent-probe.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';
import { type ServedShop, serveShop } from './audited-shop.ts';

const CHOICE = ['inkling.consent'];

let shop: ServedShop;
beforeAll(async () => {
  const [probe, watch] = await Promise.all([bundle('consent-probe.ts'), bundle('watch-frame.ts')]);
  shop = await serveShop({
    script: watch,
    files: {
      '/probe.html': '<!doctype html><body><script src="/probe.js"></script>',
      '/probe.js': probe,
    },
  });
});
afterAll(() => shop.close());

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../engines', name)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return outputFiles[0]?.text ?? '';
}

test.for(ENGINES)(
  '%s: nothing before a choice; the choice alone after a refusal, and its receipts after a withdrawal',
  {
    timeout: 90_000,
  },
  async ([, start], { skip }) => {
    const answer = await visitIn(start, `${shop.url}probe.html`, 40);
    if (answer === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
    const steps = answer as Probed;
    const nothing = { kept: [], did: [] };
    expect(steps['no choice']).toEqual(nothing);
    expect(steps.refused).toEqual({ kept: CHOICE, did: [] });
    expect(steps['next page']).toEqual({ kept: CHOICE, did: [] });
    // An engine in which nothing could be seen would pass as well.
    expect(steps.accepted?.kept).toEqual([...CHOICE, 'database inkling', 'database inkling-receipts']);
    expect(steps.accepted?.did).toEqual(
      expect.arrayContaining(['store indexedDB inkling/profile', 'read language Navigator.language']),
    );
    expect(steps.withdrawn?.kept).toEqual([...CHOICE, 'database inkling-receipts']);
  },
);
