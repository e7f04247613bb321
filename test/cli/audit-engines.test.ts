import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readsBeforeChoice } from '../../packages/cli/src/audit/before-choice.ts';
import type { Probed } from '../engines/consent-probe.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';
import { type ServedShop, serveShop } from './audited-shop.ts';
import { bundleNoticeTag } from './notice-tag.ts';

const CHOICE = ['inkling.consent'];

let shop: ServedShop;
beforeAll(async () => {
  const [probe, watch, notice] = await Promise.all([
    bundle('consent-probe.ts'),
    bundle('watch-frame.ts'),
    bundleNoticeTag('XA'),
  ]);
  shop = await serveShop({
    script: watch,
    files: {
      '/probe.html': '<!doctype html><body><script src="/probe.js"></script>',
      '/probe.js': probe,
      '/notice.js': notice,
    },
    places: {
      'US-CA': { edge: { geo: { country: 'US', region: 'CA' } }, tag: '/inkling.js' },
      XA: { edge: { geo: { country: 'XA' } }, tag: '/notice.js' },
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
  '%s: nothing before a choice, in each regime; the choice alone after a refusal; its receipts too after a withdrawal; the centre works',
  {
    timeout: 90_000,
  },
  async ([, start], { skip }) => {
    const answer = await visitIn(start, `${shop.url}probe.html`, 40);
    if (answer === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
    const steps = answer as Probed;
    expect(steps['no choice']).toEqual({ regime: 'opt-in', kept: [], did: [] });
    for (const [place, regime] of [
      ['US-CA', 'opt-out'],
      ['XA', 'notice'],
    ] as const) {
      const { did = [], ...step } = steps[place] ?? {};
      expect(step).toEqual({ regime, kept: [] });
      const allowed = readsBeforeChoice(regime).map(({ api }) => `read ${api} `);
      expect(did.filter((act) => !allowed.some((read) => act.startsWith(read)))).toEqual([]);
    }
    expect(steps.refused).toEqual({ regime: 'opt-in', kept: CHOICE, did: [] });
    expect(steps['next page']).toEqual({ regime: 'opt-in', kept: CHOICE, did: [] });
    // An engine in which nothing could be seen would pass as well.
    expect(steps.accepted?.kept).toEqual([...CHOICE, 'database inkling', 'database inkling-receipts']);
    expect(steps.accepted?.did).toEqual(
      expect.arrayContaining(['store indexedDB inkling/profile', 'read language Navigator.language']),
    );
    const { says, ...centre } = steps['privacy centre']?.centre ?? {};
    expect(says).toContain('You are in Norway.');
    expect(centre).toEqual({ hadFocus: true, country: 'unknown', gaveBack: true });
    expect(steps.withdrawn?.kept).toEqual([...CHOICE, 'database inkling-receipts']);
  },
);
