import { InklingError } from '@inkling/core';
import { parseOpenMeteo } from './parse-open-meteo.ts';
import type { WeatherProvider } from './weather-provider.ts';

export interface OpenMeteoOptions {
  /** Sent as `apikey`. Open-Meteo's free service is for non-commercial use only. */
  readonly apiKey?: string;
  /** Base URL of the service or of your own instance.
   * @default https://api.open-meteo.com, or https://customer-api.open-meteo.com with an `apiKey` */
  readonly host?: string;
  /** @default 1500 */
  readonly timeoutMs?: number;
  /** @default 45 minutes */
  readonly ttlMs?: number;
  /** @default 6 hours */
  readonly staleMs?: number;
  /** @default 2 minutes */
  readonly negativeTtlMs?: number;
  /** At most so many calls a day, UTC, of each isolate. @default 10,000, which is what the free service allows in all; no
   * limit with an `apiKey` or a `host` */
  readonly dailyCalls?: number;
}

const FIELDS = 'temperature_2m,apparent_temperature,is_day,weather_code,wind_speed_10m';
const MAX_BYTES = 65_536;
const MINUTE_MS = 60_000;

/**
 * Current weather from Open-Meteo. It is sent the centre of a 0.25° cell and nothing about the visitor. Its data is
 * CC BY 4.0: show a link to open-meteo.com where the page shows weather.
 *
 * @throws {InklingError} `E_OPTIONS` when `host` is not an http(s) URL or a duration is not a positive number.
 */
export function openMeteo(options: OpenMeteoOptions = {}): WeatherProvider {
  const { apiKey, host } = options;
  const base = baseUrl(host ?? `https://${apiKey ? 'customer-api' : 'api'}.open-meteo.com`);
  return {
    id: 'open-meteo',
    timeoutMs: duration('timeoutMs', options.timeoutMs, 1500),
    ttlMs: duration('ttlMs', options.ttlMs, 45 * MINUTE_MS),
    staleMs: duration('staleMs', options.staleMs, 360 * MINUTE_MS),
    negativeTtlMs: duration('negativeTtlMs', options.negativeTtlMs, 2 * MINUTE_MS),
    dailyCalls: options.dailyCalls ?? (apiKey || host ? undefined : 10_000),
    async read({ latitude, longitude }, { fetch, signal }) {
      const query = `latitude=${latitude}&longitude=${longitude}&current=${FIELDS}&timezone=auto`;
      const key = apiKey ? `&apikey=${encodeURIComponent(apiKey)}` : '';
      // Not `error`, which Workers do not know: a redirect is simply not a 200.
      const init: RequestInit = { headers: { accept: 'application/json' }, redirect: 'manual', signal };
      const response = await fetch(`${base}/v1/forecast?${query}${key}`, init);
      if (response.status !== 200) {
        await response.body?.cancel();
        const error = new Error(`Open-Meteo: expected status 200, found ${response.status}`);
        // A date, the other form of the header, is left aside: clocks differ.
        throw Object.assign(error, { retryAfterMs: Number(response.headers.get('retry-after')) * 1000 });
      }
      const weather = parseOpenMeteo(JSON.parse(await readText(response)));
      if (Object.keys(weather).length === 0)
        throw new Error('Open-Meteo: the answer holds no current weather');
      return weather;
    },
  };
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk?.value) return text + decoder.decode();
    bytes += chunk.value.length;
    if (bytes > MAX_BYTES) {
      await reader?.cancel();
      throw new Error(`Open-Meteo: expected at most ${MAX_BYTES} bytes, found more`);
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
}

function baseUrl(host: string): string {
  if (!/^https?:\/\/[^/?#]+(\/[^?#]*)?$/.test(host)) {
    throw new InklingError(
      'E_OPTIONS',
      `openMeteo: host should be an http(s) URL without a query, found "${host}"`,
    );
  }
  return host.replace(/\/+$/, '');
}

function duration(name: string, value: number | undefined, preset: number): number {
  const ms = value ?? preset;
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw new InklingError(
    'E_OPTIONS',
    `openMeteo: ${name} should be a positive number of milliseconds, found ${ms}`,
  );
}
