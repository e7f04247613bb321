const SEEN_MS = 1000;

/** Calls `onSeen` once when the slot has been half in view, or has filled half the viewport, for a second without leaving
 * it. While the page is hidden, or rendered before it is visited, or kept in the back/forward cache, that second stands
 * still. @returns the disposer */
export function watchExposure(element: Element, onSeen: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inView = false;
  let left = SEEN_MS;
  let since = 0;
  const update = () => {
    if (timer !== undefined) left -= Date.now() - since;
    clearTimeout(timer);
    timer = undefined;
    if (!inView) left = SEEN_MS;
    else if (document.visibilityState === 'visible') {
      since = Date.now();
      timer = setTimeout(() => {
        stop();
        onSeen();
      }, left);
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
