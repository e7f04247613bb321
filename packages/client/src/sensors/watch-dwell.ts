import type { Sensor } from './sensor.ts';

/** Without a sign of the visitor for so long, nobody is there. */
const IDLE_MS = 30_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart'] as const;

/** Seconds on this document while it was visible and somebody was there. */
export function watchDwell(now: () => number): Sensor {
  let total = 0;
  /** Up to when time has been counted; undefined while the page is hidden. */
  let since: number | undefined;
  let lastSign = now();
  const count = (at: number) => {
    if (since === undefined) return;
    total += Math.max(0, Math.min(at, lastSign + IDLE_MS) - since);
    since = at;
  };
  const onVisibility = () => {
    const at = now();
    count(at);
    lastSign = at;
    since = document.visibilityState === 'visible' ? at : undefined;
  };
  const onSign = () => {
    const at = now();
    count(at);
    lastSign = at;
  };
  onVisibility();
  document.addEventListener('visibilitychange', onVisibility);
  for (const sign of SIGNS) addEventListener(sign, onSign, { passive: true, capture: true });
  return {
    read(at) {
      count(at);
      return { page: { dwell: Math.round(total / 1000) } };
    },
    stop() {
      document.removeEventListener('visibilitychange', onVisibility);
      for (const sign of SIGNS) removeEventListener(sign, onSign, { capture: true });
    },
  };
}
