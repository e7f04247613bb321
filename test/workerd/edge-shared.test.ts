import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEdgePack, edgePage } from './edge-pack.ts';
import { shownIn, slotsOf } from './slots-of.ts';
import { type RunningEdge, startEdge } from './start-edge.ts';

const PHONE = { 'user-agent': 'Mozilla/5.0 (iPhone) Mobile' };
const german = {
  cf: { country: 'DE', city: 'Berlin', latitude: '52.51631', longitude: '13.37771' },
  headers: PHONE,
};
const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=60' };

let edge: RunningEdge;
let asked: string[] = [];

beforeAll(async () => {
  const shared = { signals: ['geo.country', 'device.form'], countries: [['DE', 'AT'], ['NO']] } as const;
  const files = await buildEdgePack({ shared });
  edge = await startEdge({
    // Every request meets a new isolate's memory.
    worker: new URL('./forgetful-pack-worker.ts', import.meta.url),
    cf: {},
    origin: ({ url }) => {
      const { pathname } = new URL(url);
      const file = files.get(pathname.slice('/inkling/'.length));
      if (file) return { body: file, headers: {} };
      asked.push(pathname);
      return { body: edgePage, headers: html };
    },
  });
});

afterAll(() => edge?.dispose());

test('isolates share a page through the platform’s cache, key by key', async () => {
  const first = await edge.visit('/a', german);
  const { context, slates } = slotsOf(first.text);
  expect(context).toEqual({ geo: { country: 'DE', source: 'edge' }, device: { form: 'phone' } });
  expect(slates).toHaveLength(3);
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  const neighbour = await edge.visit('/a', { cf: { country: 'AT', city: 'Wien' }, headers: PHONE });
  expect(neighbour.text).toBe(first.text);
  expect(asked).toEqual(['/a']);
  const other = await edge.visit('/a', { cf: { country: 'NO' }, headers: PHONE });
  expect(shownIn(other.text, 'grid')).not.toEqual(shownIn(first.text, 'grid'));
  await edge.visit('/b', german);
  expect(asked).toEqual(['/a', '/a', '/b']);
});

test('what is finer than the key comes from the endpoint, for one visitor alone', async () => {
  const { text, headers } = await edge.visit('/inkling/context', german);
  expect(JSON.parse(text).geo.cell).toBe('52.50,13.25');
  expect(headers.get('cache-control')).toBe('private, no-store');
});

test('who sends a cookie gets a page of their own', async () => {
  asked = [];
  const visitor = { ...german, headers: { ...PHONE, cookie: 'session=1' } };
  const { text, headers } = await edge.visit('/a', visitor);
  expect(slotsOf(text).context.geo?.cell).toBe('52.50,13.25');
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(asked).toEqual(['/a']);
});
