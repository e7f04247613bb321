import type { ConsentSource, Purpose } from '@inkling/core';

/** Of work that has begun for a purpose that is granted: aborts at once when it no longer is. */
export function abortOnWithdrawal(consent: ConsentSource, purpose: Purpose): AbortSignal {
  const controller = new AbortController();
  const stop = consent.subscribe(({ purposes }) => {
    if (purposes[purpose] === 'granted') return;
    stop();
    controller.abort();
  });
  return controller.signal;
}
