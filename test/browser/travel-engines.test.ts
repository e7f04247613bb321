import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedShop, serveShop } from '../cli/audited-shop.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';
import { seedOfArm } from './shop.ts';

const day = Math.floor(Date.now() / 86_400_000);
const ACCEPTED = JSON.stringify({ v: 1, p: 'gggg-', policy: 1, day, by: 'accept-all' });
const WITHDRAWN = JSON.stringify({ v: 1, p: 'ggwg-', policy: 1, day, by: 'save' });

const STAY = `<!doctype html><title>Stay</title>
<script>
  crypto.getRandomValues = (array) => array.fill(${seedOfArm('personalized')});
  if (!sessionStorage.left) localStorage.setItem('inkling.consent', ${JSON.stringify(ACCEPTED)});
</script>
<script src="/inkling.js" data-test data-pack="/inkling/pack.json" async></script>
<ul data-inkling-slot="grid"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">b</li></ul>
<script src="/probe.js"></script>`;

/** Longer than what is left of the second. */
const AWAY = `<!doctype html><title>Away</title>
<script>
  if (location.search) localStorage.setItem('inkling.consent', ${JSON.stringify(WITHDRAWN)});
  setTimeout(() => history.back(), 1200);
</script>`;

let shop: ServedShop;
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../engines/travel-probe.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  shop = await serveShop({
    files: { '/stay.html': STAY, '/away.html': AWAY, '/probe.js': outputFiles[0]?.text ?? '' },
  });
});
afterAll(() => shop.close());

test.for(ENGINES)(
  '%s keeps a page that is left: it is exposed once, the time away does not count, and it obeys what was withdrawn',
  { timeout: 120_000 },
  async ([, start], { skip }) => {
    const travelled = await visitIn(start, `${shop.url}stay.html`, 50, 'travel');
    if (travelled === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
    expect(travelled).toEqual({
      kept: [true, true, true],
      exposures: [0, 1, 1],
      profile: [true, true, false],
    });
  },
);
