import type { Profile, ReducerOptions } from '@inkling/core';
import { enterPage, forgetSensitive, type PageSeen } from '@inkling/core/profile';

/** Enters the page of a document that was just opened. After a reload, or after going back, it is not counted again. One
 * that is rendered before it is visited (https://wicg.github.io/nav-speculation/prerendering.html) is entered by `onVisit`
 * when somebody comes. */
export function beginDocument(
  stored: Profile,
  page: PageSeen,
  reducing: ReducerOptions,
  onVisit: () => void,
): Profile {
  if ((document as { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', onVisit, { once: true });
    return forgetSensitive(stored, reducing.item, reducing.sensitive ?? new Set());
  }
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return enterPage(stored, { ...page, again: /reload|back/.test(visit?.type ?? '') }, reducing);
}
