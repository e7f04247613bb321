import type { ContextPatch } from '@inkling/core';

type Form = NonNullable<NonNullable<ContextPatch['device']>['form']>;

/** In the order in which they are asked: a tablet may also say `Mobile`, and a phone `X11`. */
const FORMS: readonly (readonly [RegExp, Form])[] = [
  [/iPad|Tablet|PlayBook|Silk\/|Kindle/i, 'tablet'],
  [/Android(?!.*\bMobile\b)/, 'tablet'],
  [/\bMobi/, 'phone'],
  // An iPad's Safari says that it is a Mac's; other browsers on a Mac are on a Mac.
  [/Macintosh(?!.*(?:Chrome|Firefox)\/)/, 'unknown'],
  [/Windows NT|Macintosh|X11|CrOS/, 'desktop'],
];

/** The kind of device by the request's headers alone, so that a visitor who has chosen nothing yet gets a page that
 * fits; `undefined` where they do not tell. `Sec-CH-UA-Mobile: ?1` says phone whatever the rest says
 * (https://wicg.github.io/ua-client-hints/#sec-ch-ua-mobile). */
export function deviceClass(headers: Headers): Form | undefined {
  if (headers.get('sec-ch-ua-mobile') === '?1') return 'phone';
  const agent = (headers.get('user-agent') ?? '').slice(0, 512);
  const form = FORMS.find(([pattern]) => pattern.test(agent))?.[1];
  return form === 'unknown' ? undefined : form;
}
