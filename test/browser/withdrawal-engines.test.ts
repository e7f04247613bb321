import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServedShop } from '../cli/audited-shop.ts';
import { serveWithdrawal } from '../engines/serve-withdrawal.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';

let shop: ServedShop;
beforeAll(async () => {
  shop = await serveWithdrawal();
});
afterAll(() => shop.close());

test.for(ENGINES)(
  'in %s one purpose withdrawn goes from another document and from the device, by either way; the rest stays',
  { timeout: 90_000 },
  async ([, start], { skip }) => {
    const left = await visitIn(start, `${shop.url}probe.html`, 40);
    if (left === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
    const onlyTheRest = { here: false, there: false, keys: ['unit'], ms: expect.any(Number) };
    expect(left).toEqual({ 'channel only': onlyTheRest, 'storage only': onlyTheRest });
  },
);
