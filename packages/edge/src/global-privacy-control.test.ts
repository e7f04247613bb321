import { expect, test } from 'vitest';
import { createEdge, type EdgePlatform } from './index.ts';

const platform: EdgePlatform = {
  now: () => 0,
  random: () => 0,
  waitUntil: () => {},
  fetch: () => Promise.reject(new Error('nothing is fetched')),
};

const page = () => new Response('<!doctype html><head></head>', { headers: { 'content-type': 'text/html' } });

async function serve(signal: string | undefined) {
  const forwarded: (string | null)[] = [];
  const edge = createEdge({
    origin: async (request) => {
      forwarded.push(request.headers.get('sec-gpc'));
      return page();
    },
  });
  const headers = new Headers({ accept: 'text/html' });
  if (signal !== undefined) headers.set('sec-gpc', signal);
  const response = await edge(new Request('https://shop.test/', { headers }), platform);
  return { html: await response.text(), forwarded };
}

test.each(['1', ' 1 ', '0, 1'])(
  'the signal %j reaches the origin and the page, even one of which nothing else is known',
  async (signal) => {
    const { html, forwarded } = await serve(signal);
    expect(html).toContain(
      '<script type="application/json" data-inkling-context data-inkling-gpc>{}</script>',
    );
    expect(forwarded).toEqual([signal.trim()]);
  },
);

test.each([undefined, '0', '', 'true', '11', '1;v=2'])('%j is no signal', async (signal) => {
  expect((await serve(signal)).html).not.toContain('data-inkling');
});

test('gpc.json says since when the signal is honoured, where the site says so', async () => {
  const origin = async () => new Response('the origin');
  const request = new Request('https://shop.test/.well-known/gpc.json');
  const answer = await createEdge({ origin, gpcSince: '2026-11-20' })(request, platform);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.json()).toEqual({ gpc: true, lastUpdate: '2026-11-20' });
  expect(await (await createEdge({ origin })(request, platform)).text()).toBe('the origin');
  expect(() => createEdge({ origin, gpcSince: 'yesterday' })).toThrow(
    expect.objectContaining({ code: 'E_OPTIONS' }),
  );
});
