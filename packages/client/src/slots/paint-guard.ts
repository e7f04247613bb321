import { afterParsing } from '../after-parsing.ts';

/** Knows what the visitor may already have seen. */
export interface PaintGuard {
  /** Whether some of the element may have been painted in view. */
  wasSeen(element: Element): boolean;
  stop(): void;
}

export interface PaintGuardOptions {
  /** How long after parsing, in ms, what lies in view may still change although the browser tells of no paint: 0 to 300.
   * @default 150 */
  readonly deadlineMs?: number | undefined;
}

/** Anything above the lowest point scrolled to counts as seen once the page has painted at all: from the first frame
 * after this call, because the browser tells of a paint only when it is over, when it has told of one, or when the
 * deadline has passed. A browser that never tells counts as having painted; nobody sees a page that is hidden, as one is
 * that is rendered before it is visited. */
export function createPaintGuard({ deadlineMs }: PaintGuardOptions = {}): PaintGuard {
  let lowest = 0;
  let painted = false;
  const paint = () => {
    painted = true;
  };
  const frame = requestAnimationFrame(paint);
  afterParsing(deadlineMs, () => document.hidden || paint());
  const follow = () => {
    lowest = Math.max(lowest, scrollY + innerHeight);
  };
  follow();
  addEventListener('scroll', follow, { passive: true });
  addEventListener('resize', follow);
  return {
    wasSeen(element) {
      follow();
      painted ||=
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
