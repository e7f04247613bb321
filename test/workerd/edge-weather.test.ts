import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEdge } from './start-edge.ts';
import { startWeatherServer, type WeatherServer } from './weather-server.ts';

const cf = { country: 'DE', latitude: '52.51631', longitude: '13.37771', timezone: 'Europe/Berlin' };
const page = '<!doctype html><head><title>x</title></head>';
const rainy = {
  latitude: 52.62,
  longitude: 13.38,
  utc_offset_seconds: 3600,
  current_units: {
    time: 'iso8601',
    temperature_2m: '°C',
    apparent_temperature: '°C',
    wind_speed_10m: 'km/h',
    weather_code: 'wmo code',
  },
  current: {
    time: '2026-11-20T09:15',
    interval: 900,
    temperature_2m: 7.1,
    apparent_temperature: 3.9,
    is_day: 1,
    weather_code: 61,
    wind_speed_10m: 42,
  },
};

let weather: WeatherServer;
let edge: Awaited<ReturnType<typeof startEdge>>;

beforeEach(async () => {
  weather = await startWeatherServer();
  edge = await startEdge({ cf, weather: weather.url, origin: () => ({ body: page }) });
});

afterEach(async () => {
  await edge?.dispose();
  await weather?.close();
});

async function pageContext() {
  const html = await (await fetch(edge.url, { headers: { accept: 'text/html' } })).text();
  return JSON.parse(/data-inkling-context>(.*?)<\/script>/.exec(html)?.[1] ?? '{}');
}

const endpointContext = async () => (await fetch(`${edge.url}/inkling/context`)).json();

const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

test('the first page goes out without weather and asks once; the next has it', async () => {
  weather.respond(json(rainy));
  expect(await pageContext()).not.toHaveProperty('weather');
  const expected = { condition: 'rain', temperature: 'cold', wind: 'windy', daylight: 'day' };
  // The endpoint joins the call that the page began.
  expect((await endpointContext()).weather).toEqual(expected);
  expect((await pageContext()).weather).toEqual(expected);
  expect(weather.requests).toHaveLength(1);
});

test('the source is sent the centre of the cell, and nothing else about the visitor', async () => {
  weather.respond(json(rainy));
  await endpointContext();
  expect(weather.requests).toHaveLength(1);
  const [request = ''] = weather.requests;
  expect(request).toMatch(
    /^GET \/v1\/forecast\?latitude=52\.625&longitude=13\.375&current=[a-z0-9_,]+&timezone=auto /,
  );
  expect(request).not.toMatch(/52\.51|13\.377|berlin|"DE"|cookie|referer|forwarded|connecting-ip/i);
});

test.each<[string, (response: ServerResponse) => void]>([
  ['hangs', () => undefined],
  ['begins and hangs', (response) => void response.writeHead(200).write('{"current":')],
  ['closes the connection', (response) => void response.destroy()],
  ['says 429', json({ error: true, reason: 'Minutely API request limit exceeded.' }, 429)],
  ['says 400', json({ error: true, reason: 'bad' }, 400)],
  ['redirects', (response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
  [
    'is a captive portal',
    (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hi'),
  ],
  [
    'knows nothing',
    json({ current_units: {}, current: { weather_code: null, temperature_2m: null, is_day: null } }),
  ],
])('a source that %s costs no page and is not asked again at once', async (_, responder) => {
  weather.respond(responder);
  expect(await pageContext()).toHaveProperty('geo.cell', '52.50,13.25');
  expect(await endpointContext()).not.toHaveProperty('weather');
  expect(await pageContext()).not.toHaveProperty('weather');
  expect(weather.requests).toHaveLength(1);
});

test('a source that says when to come back is not asked before, for no cell', async () => {
  weather.respond((response) => void response.writeHead(429, { 'retry-after': '60' }).end('{}'));
  expect(await endpointContext()).not.toHaveProperty('weather');
  const oslo = { country: 'NO', latitude: '59.9', longitude: '10.7', timezone: 'Europe/Oslo' };
  const { text } = await edge.visit('/inkling/context', { cf: oslo });
  expect(JSON.parse(text)).toMatchObject({ geo: { cell: '59.75,10.50' } });
  expect(weather.requests).toHaveLength(1);
});

test('isolates share the weather through the platform’s cache', async () => {
  weather.respond(json(rainy));
  const setup = { worker: new URL('./forgetful-edge-worker.ts', import.meta.url), cf, weather: weather.url };
  const forgetful = await startEdge({ ...setup, origin: () => ({ body: page }) });
  try {
    const pages = [];
    for (let visit = 0; visit < 2; visit++) pages.push(await (await fetch(forgetful.url)).text());
    expect(pages.map((html) => html.includes('"condition":"rain"'))).toEqual([false, true]);
    expect(weather.requests).toHaveLength(1);
  } finally {
    await forgetful.dispose();
  }
});

test('without a network the weather is unknown', async () => {
  await weather.close();
  expect(await pageContext()).toHaveProperty('geo.country', 'DE');
  expect(await endpointContext()).not.toHaveProperty('weather');
});
