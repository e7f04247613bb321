/** Whether whoever asks says that it is no visitor. Crawlers get the authored page, and are no part of any measurement.
 * Every declared crawler of note has one of these in its name; so has the phone maker Cubot. */
export function isCrawler(headers: Headers): boolean {
  return /(?<!cu)bot\b|crawler|spider|slurp|mediapartners|facebookexternalhit|preview/i.test(
    (headers.get('user-agent') ?? '').slice(0, 512),
  );
}
