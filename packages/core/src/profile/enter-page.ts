import { isSensitive } from '../item.ts';
import { forgetSensitive } from './forget-sensitive.ts';
import type { Profile } from './profile.ts';
import type { ReducerOptions } from './reduce-profile.ts';
import { beginPage } from './visit.ts';

export interface PageSeen {
  /** The item whose page it is. */
  readonly item: string | undefined;
  /** Epoch ms. */
  readonly now: number;
  /** For the visit, if one begins. */
  readonly seed: string;
  /** The same page once more, as after a reload: within a visit it is not counted again. @default false */
  readonly again?: boolean;
}

/** The stored profile on a new page: without what this pack marks as sensitive, and with the page counted, unless it is
 * that of a sensitive item, which leaves no trace. */
export function enterPage(
  stored: Profile,
  page: PageSeen,
  { item: find, sensitive }: ReducerOptions,
): Profile {
  const marked = sensitive ?? new Set();
  const profile = forgetSensitive(stored, find, marked);
  const hidden = page.item !== undefined && isSensitive(find(page.item), marked);
  if (hidden) return profile;
  const entered = beginPage(profile, page.now, page.seed);
  const pages = Math.min(entered.visit.pages, profile.visit.pages);
  return page.again ? { ...entered, visit: { ...entered.visit, pages } } : entered;
}
