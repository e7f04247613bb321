import type { ConsentSource, Purpose } from '@inkling/core';

/** Google's signals that follow from ours. Those for advertising are never among them. */
export type ConsentModeSignal = 'analytics_storage' | 'functionality_storage' | 'personalization_storage';

/** `gtag`, of which only this call is made. */
export type Gtag = (
  command: 'consent',
  action: 'update',
  signals: Readonly<Partial<Record<ConsentModeSignal, 'granted' | 'denied'>>>,
) => void;

export const CONSENT_MODE_PURPOSES: Readonly<Record<ConsentModeSignal, Purpose>> = {
  functionality_storage: 'profile',
  personalization_storage: 'profile',
  analytics_storage: 'measurement',
};

/**
 * Tells Google's Consent Mode v2 of grants and refusals, by `update` alone: the defaults are the page's own and should
 * deny. Says nothing while nothing was answered. Returns the disposer.
 *
 * @param purposes which purpose each signal goes by; leave those out that something else decides
 */
export function emitConsentMode(
  source: ConsentSource,
  gtag: Gtag,
  purposes: Readonly<Partial<Record<ConsentModeSignal, Purpose>>> = CONSENT_MODE_PURPOSES,
): () => void {
  let last = '';
  function emit(): void {
    const { purposes: grants } = source.get();
    const entries = Object.entries(purposes);
    // Unset means denied only to somebody who was told otherwise before.
    if (!last && entries.every(([, purpose]) => grants[purpose] === 'unset')) return;
    const signals = Object.fromEntries(
      entries.map(([signal, purpose]) => [signal, grants[purpose] === 'granted' ? 'granted' : 'denied']),
    );
    const text = JSON.stringify(signals);
    if (text === last) return;
    last = text;
    gtag('consent', 'update', signals);
  }
  emit();
  return source.subscribe(emit);
}
