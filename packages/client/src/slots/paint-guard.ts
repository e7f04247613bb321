/** Knows what the visitor may already have seen. */
export interface PaintGuard {
  /** Whether some of the element may have been painted in view. */
  wasSeen(element: Element): boolean;
  stop(): void;
}

/** Anything above the lowest point scrolled to counts as seen once the page has painted at all; a browser that does not
 * tell of its first paint counts as having painted. */
export function createPaintGuard(): PaintGuard {
  let lowest = 0;
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
        !PerformanceObserver.supportedEntryTypes?.includes('paint') ||
        performance.getEntriesByType('paint').length > 0;
      return painted && element.getBoundingClientRect().top + scrollY < lowest;
    },
    stop() {
      removeEventListener('scroll', follow);
      removeEventListener('resize', follow);
    },
  };
}
