/** Knows what the visitor may already have seen. */
export interface PaintGuard {
  /** Whether some of the element may have been painted in view. */
  wasSeen(element: Element): boolean;
  stop(): void;
}

/** Anything above the lowest point scrolled to counts as seen once the page has painted at all: from the first frame
 * after this call, because the browser tells of a paint only when it is over, or when it has told of one. A browser that
 * never tells counts as having painted. */
export function createPaintGuard(): PaintGuard {
  let lowest = 0;
  let framed = false;
  const frame = requestAnimationFrame(() => {
    framed = true;
  });
  const follow = () => {
    lowest = Math.max(lowest, scrollY + innerHeight);
  };
  follow();
  addEventListener('scroll', follow, { passive: true });
  addEventListener('resize', follow);
  return {
    wasSeen(element) {
      follow();
      const painted =
        framed ||
        !PerformanceObserver.supportedEntryTypes?.includes('paint') ||
        performance.getEntriesByType('paint').length > 0;
      return painted && element.getBoundingClientRect().top + scrollY < lowest;
    },
    stop() {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', follow);
      removeEventListener('resize', follow);
    },
  };
}
