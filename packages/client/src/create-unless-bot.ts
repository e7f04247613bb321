import type { CustomSignals, Item } from '@inkling/core';
import { createInkling } from './create-inkling.ts';
import type { Inkling } from './inkling.ts';
import { isBot } from './is-bot.ts';
import type { InklingOptions } from './options.ts';

/** The browser runtime. Starts loading the pack at once; reads, stores and computes only what consent allows. Where
 * nobody looks at the page, no pack is asked for, the page stays as authored, and nothing counts as seen.
 * @typeParam Custom signals of the site's own, by name. @typeParam Own items as the site knows them
 * @throws InklingError E_OPTIONS for a pack of another origin without a key */
export function createUnlessBot<Custom extends CustomSignals = CustomSignals, Own extends Item = Item>(
  options: InklingOptions<Custom>,
): Inkling<Custom, Own>;
// The names that a site declares are known to its compiler alone.
export function createUnlessBot(options: InklingOptions): Inkling {
  if (!isBot(!!options.test)) return createInkling(options);
  const refuseAll = async () => {
    throw new Error('nobody looks: this is a crawler, or a program drives the browser, which `test` allows');
  };
  return { ...createInkling({ ...options, fetch: refuseAll }), expose() {} };
}
