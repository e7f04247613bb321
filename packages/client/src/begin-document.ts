import type { Profile, ReducerOptions } from '@inkling/core';
import { enterPage, forgetSensitive, type PageSeen } from '@inkling/core/profile';

/** Enters the page of a document that was just opened. After a reload, or after going back, it is not counted again. One
 * that is rendered before it is visited is entered when somebody comes. */
export function beginDocument(page: PageSeen, reducing: ReducerOptions): (stored: Profile) => Profile {
  if (isAhead()) return (stored) => forgetSensitive(stored, reducing.item, reducing.sensitive ?? new Set());
  const again = isAgain();
  return (stored) => enterPage(stored, { ...page, again }, reducing);
}

/** Whether somebody has just come to the page, and not by a reload or by going back. */
export function isNewPage(): boolean {
  return !isAhead() && !isAgain();
}

/** Calls `fn` when somebody comes to a page that is rendered before, and never for any other. */
export function whenVisited(fn: () => void): void {
  if (isAhead()) document.addEventListener('prerenderingchange', fn, { once: true });
}

function isAgain(): boolean {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return /reload|back/.test(visit?.type ?? '');
}

/** https://wicg.github.io/nav-speculation/prerendering.html */
function isAhead(): boolean {
  return !!(document as { prerendering?: boolean }).prerendering;
}
