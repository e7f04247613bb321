import { type Context, type ContextPatch, seasonOf } from '@inkling/core';

/** In the names of zones of the southern half, whose seasons are turned. */
const SOUTH =
  /Australia|Antarctica|Auckland|Fiji|Johannesburg|Harare|Maputo|Windhoek|Argentina|Sao_Paulo|Santiago|Montevideo|Asuncion|Lima/;

/** Reads what the browser knows about the moment: the clock, the kind of device, preferences, where the visitor came
 * from and what the page says of itself. Reads only; stores and sends nothing. Needs the purpose `context`. */
export function readSensors(now: number): ContextPatch {
  const date = new Date(now);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const month = date.getMonth() + 1;
  const matches = (query: string) => matchMedia(query).matches;
  const coarse = matches('(pointer: coarse)');
  const width = innerWidth;
  const { dataset } = document.body;
  // Not in lib.dom: https://wicg.github.io/netinfo/
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return {
    time: {
      hour: date.getHours(),
      weekday: date.getDay() || 7,
      month,
      season: seasonOf(month, SOUTH.test(timeZone)),
    },
    device: {
      form: coarse ? (Math.min(screen.width, screen.height) < 600 ? 'phone' : 'tablet') : 'desktop',
      pointer: coarse ? 'coarse' : 'fine',
      viewport: width < 600 ? 'small' : width < 1200 ? 'medium' : 'large',
      language: navigator.language.slice(0, 2),
      colorScheme: matches('(prefers-color-scheme: dark)') ? 'dark' : 'light',
      reducedMotion: matches('(prefers-reduced-motion: reduce)'),
      dataSaver: connection?.saveData ?? 'unknown',
    },
    referral: { channel: channelOf(document.referrer) },
    page: { type: dataset.inklingPage ?? 'unknown', item: dataset.inklingPageItem ?? 'unknown' },
  };
}

/** Only the kind of place is kept, never the address. */
function channelOf(referrer: string): Context['referral']['channel'] {
  if (!referrer) return 'direct';
  const { host } = new URL(referrer);
  if (host === location.host) return 'internal';
  if (/(^|\.)(google|bing|duckduckgo|ecosia|qwant|yahoo|baidu|yandex)\./.test(host)) return 'search';
  return /(^|\.)(facebook|instagram|t|x|reddit|linkedin|pinterest|tiktok|youtube)\.(com|co)$/.test(host)
    ? 'social'
    : 'other';
}
