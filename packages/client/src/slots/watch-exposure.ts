import type { Slate } from '@inkling/core';

const SEEN_MS = 1000;

/** Calls `onSeen` once when the slot was half in view, or filled half the viewport, for a second while the page was
 * visible. @returns the disposer */
export function watchExposure(element: Element, slate: Slate, onSeen: (slate: Slate) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inView = false;
  const update = () => {
    clearTimeout(timer);
    if (inView && document.visibilityState === 'visible') {
      timer = setTimeout(() => {
        stop();
        onSeen(slate);
      }, SEEN_MS);
    }
  };
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries.at(-1);
      if (!entry) return;
      inView = entry.intersectionRatio >= 0.5 || entry.intersectionRect.height >= innerHeight / 2;
      update();
    },
    // Steps, because a slot taller than the screen never reaches one half of itself.
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
  );
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener('visibilitychange', update);
  };
  observer.observe(element);
  document.addEventListener('visibilitychange', update);
  return stop;
}
