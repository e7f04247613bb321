import { CONSENT_CHANNEL } from '@inkling/core';

/** Tells other tabs of the site that something was chosen, and not what: they look for themselves. Browsers without such
 * channels have the `storage` event. */
export function tellTabs(): void {
  if (!globalThis.BroadcastChannel) return;
  const channel = new BroadcastChannel(CONSENT_CHANNEL);
  channel.postMessage(null);
  channel.close();
}
