import { CONSENT_CHANNEL } from '@inkling/core';

/** Calls `fn` whenever another tab of the site says that something was chosen. It does not listen while the page is away,
 * so that it hinders no back/forward cache. Browsers without such channels have the `storage` event. */
export function hearTabs(fn: () => void): void {
  let channel: BroadcastChannel | undefined;
  function open(): void {
    channel ??= globalThis.BroadcastChannel && new BroadcastChannel(CONSENT_CHANNEL);
    channel?.addEventListener('message', fn);
  }
  open();
  addEventListener('pageshow', open);
  addEventListener('pagehide', () => {
    channel?.close();
    channel = undefined;
  });
}
