import { expect, test } from 'vitest';
import { createMemoryCache } from './memory-cache.ts';

const response = (body: string, control = 'public, max-age=60') =>
  new Response(body, { headers: { 'cache-control': control, 'content-type': 'text/plain' } });

test('what is kept comes back whole, as often as it is asked for, until it is over', async () => {
  let now = 0;
  const cache = createMemoryCache({ now: () => now });
  await cache.put('a', response('one'));
  for (const _ of [1, 2]) {
    const found = await cache.match('a');
    expect([await found?.text(), found?.headers.get('content-type')]).toEqual(['one', 'text/plain']);
  }
  now = 60_000;
  expect(await cache.match('a')).toBeUndefined();
});

test('what does not say for how long is not kept, and takes the place of what was', async () => {
  const cache = createMemoryCache();
  for (const control of ['no-store', 'max-age=0', '']) {
    await cache.put('a', response('one'));
    await cache.put('a', response('two', control));
    expect(await cache.match('a')).toBeUndefined();
  }
});

test('the least recently used go first', async () => {
  const cache = createMemoryCache({ maxBytes: 8 });
  await cache.put('a', response('aaa'));
  await cache.put('b', response('bbb'));
  await cache.match('a');
  await cache.put('c', response('ccc'));
  const left = await Promise.all(['a', 'b', 'c'].map(async (key) => (await cache.match(key))?.text()));
  expect(left).toEqual(['aaa', undefined, 'ccc']);
  await cache.put('d', response('too large to keep'));
  expect(await cache.match('d')).toBeUndefined();
  expect(await (await cache.match('a'))?.text()).toBe('aaa');
});
