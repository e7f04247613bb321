import { CONSENT_CHANNEL } from '@inkling/core';

/** The word may come before what was stored does: localStorage goes its own way between processes. */
const LOOK_AGAIN_MS = [50, 300];

/** Calls `fn` when another tab of the site says that something was chosen, and soon after. It does not listen while the
 * page is away, so that it hinders no back/forward cache. Browsers without such channels have the `storage` event.
 * @returns the disposer */
export function hearTabs(fn: () => void): () => void {
  let channel: BroadcastChannel | undefined;
  function look(): void {
    fn();
    for (const delay of LOOK_AGAIN_MS) setTimeout(fn, delay);
  }
  function open(): void {
    channel ??= globalThis.BroadcastChannel && new BroadcastChannel(CONSENT_CHANNEL);
    channel?.addEventListener('message', look);
  }
  function close(): void {
    channel?.close();
    channel = undefined;
  }
  open();
  addEventListener('pageshow', open);
  addEventListener('pagehide', close);
  return () => {
    close();
    removeEventListener('pageshow', open);
    removeEventListener('pagehide', close);
  };
}
