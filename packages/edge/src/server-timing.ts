import type { EdgePlatform } from './edge-platform.ts';

/** Adds how long a page took to its headers, and how much of that its origin did (https://w3c.github.io/server-timing/).
 * Workers' clocks stand still while they compute: there it is the waiting that shows.
 * @param page Made for one visitor, or one that many get.
 * @param originMs Unknown for a page that many get. */
export function addTiming(
  { headers }: Response,
  page: 'own' | 'shared',
  began: number,
  originMs: number | undefined,
  { now }: EdgePlatform,
): void {
  headers.append('server-timing', `inkling;desc=${page};dur=${now() - began}`);
  if (originMs !== undefined) headers.append('server-timing', `origin;dur=${originMs}`);
}
