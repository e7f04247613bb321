import { expect, test } from 'vitest';
import { type OpenMeteoOptions, openMeteo } from './open-meteo.ts';

const point = { latitude: 52.625, longitude: 13.375 };
const good = { current_units: {}, current: { weather_code: 3 } };

async function ask(options: OpenMeteoOptions, response: Response) {
  const urls: string[] = [];
  const signal = new AbortController().signal;
  const fetch = async (url: string) => {
    urls.push(url);
    return response;
  };
  const answer = await openMeteo(options).read(point, { fetch, signal });
  return { answer, url: new URL(urls[0] ?? ''), calls: urls.length };
}

test('asks for the current weather at the point, in Open-Meteo’s own terms', async () => {
  const { answer, url, calls } = await ask({}, Response.json(good));
  expect(answer).toEqual({ condition: 'cloud' });
  expect(calls).toBe(1);
  expect(url.origin + url.pathname).toBe('https://api.open-meteo.com/v1/forecast');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    latitude: '52.625',
    longitude: '13.375',
    current: 'temperature_2m,apparent_temperature,is_day,weather_code,wind_speed_10m',
    timezone: 'auto',
  });
});

test('a key goes to the customers’ host, a host of your own keeps its path', async () => {
  const paid = await ask({ apiKey: 'a&b' }, Response.json(good));
  expect(paid.url.host).toBe('customer-api.open-meteo.com');
  expect(paid.url.searchParams.get('apikey')).toBe('a&b');
  const own = await ask({ host: 'http://127.0.0.1:8080/meteo/' }, Response.json(good));
  expect(own.url.origin + own.url.pathname).toBe('http://127.0.0.1:8080/meteo/v1/forecast');
});

test.each([
  ['a limit', () => Response.json({ error: true, reason: 'limit' }, { status: 429 }), /429/],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: '/' } }), /302/],
  ['a captive portal', () => new Response('<html>Sign in</html>'), /JSON/],
  ['truncated JSON', () => new Response('{"current":{"weather_co'), /JSON/],
  ['no current weather', () => Response.json({ daily: {} }), /no current weather/],
  ['more than 64 KiB', () => new Response(`[${' '.repeat(70_000)}]`), /65536 bytes/],
  ['nothing', () => new Response(null), /JSON/],
])('%s is a rejection', async (_, response, message) => {
  await expect(ask({}, response())).rejects.toThrow(message);
});

test.each([
  { host: 'open-meteo.com' },
  { host: 'https://x.test/?a=1' },
  { timeoutMs: 0 },
  { ttlMs: Number.NaN },
])('%j is refused at construction', (options) => {
  expect(() => openMeteo(options)).toThrow(expect.objectContaining({ code: 'E_OPTIONS' }));
});

test('the free service is asked no more than it allows, and no sooner than it says', async () => {
  expect(openMeteo().dailyCalls).toBe(10_000);
  expect(openMeteo({ apiKey: 'a' }).dailyCalls).toBeUndefined();
  expect(openMeteo({ host: 'http://127.0.0.1' }).dailyCalls).toBeUndefined();
  expect(openMeteo({ dailyCalls: 5 }).dailyCalls).toBe(5);
  const busy = new Response('{}', { status: 429, headers: { 'retry-after': '90' } });
  await expect(ask({}, busy)).rejects.toMatchObject({ retryAfterMs: 90_000 });
});
