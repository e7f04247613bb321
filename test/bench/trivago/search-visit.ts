import type { Item } from '@inkling/core';
import { priceShare } from './price-share.ts';

/** One row of the log, as far as the page would know it at that moment. */
export interface SearchAct {
  readonly type: string;
  readonly reference: string;
  /** Epoch ms. */
  readonly at: number;
}

/** What a visitor did to one item in a visit. */
export interface Touched {
  /** Acts by kind. */
  readonly counts: Record<string, number>;
  acts: number;
  seconds: number;
  /** The same since the visitor last came to it from elsewhere. */
  runActs: number;
  runSeconds: number;
  /** Acts on it after the latest choice. */
  actsSinceClick: number;
  lastKind: string;
  /** Acts of the visit before the latest one on it. */
  lastAct: number;
  /** Epoch ms. */
  lastAt: number;
}

/** How an item was shown last. */
interface Shown {
  readonly place: number;
  readonly price: number;
}

/** One choice from a list. */
interface Click {
  readonly id: string;
  readonly place: number;
  readonly price: number;
  /** Share of its list that was cheaper. */
  readonly priceShare: number;
  /** Whether nothing was done to it before. */
  readonly isNew: boolean;
}

/** What a page could remember of one visit: only rows that came before. */
export interface SearchVisit {
  readonly touched: Map<string, Touched>;
  readonly shown: Map<string, Shown>;
  /** The latest first. */
  readonly clicks: Click[];
  acts: number;
  /** Epoch ms; both of the first row before there is one. */
  readonly startedAt: number;
  lastAt: number;
  lastType: string;
  /** The item that the row before was about, if any. */
  lastItem: string;
}

/** Acts on an item, by the action type of the log. */
const KINDS: Readonly<Record<string, string>> = {
  'interaction item image': 'images',
  'interaction item info': 'infos',
  'interaction item rating': 'ratings',
  'interaction item deals': 'deals',
  'search for item': 'searches',
  'clickout item': 'clickouts',
};
/** More was spent on something else. */
const LONGEST_LOOK_SECONDS = 600;

export function createVisit(at: number): SearchVisit {
  return {
    touched: new Map(),
    shown: new Map(),
    clicks: [],
    acts: 0,
    startedAt: at,
    lastAt: at,
    lastType: 'none',
    lastItem: '',
  };
}

/** The time since the row before was spent on its item. To be called before the row that ends it. */
export function passTime({ touched, lastItem, lastAt }: SearchVisit, at: number): void {
  const item = touched.get(lastItem);
  if (!item) return;
  const seconds = Math.min(LONGEST_LOOK_SECONDS, Math.max(0, (at - lastAt) / 1000));
  item.seconds += seconds;
  item.runSeconds += seconds;
}

export function addAct(visit: SearchVisit, { type, reference, at }: SearchAct): void {
  const kind = /^\d+$/.test(reference) ? KINDS[type] : undefined;
  if (kind) touch(visit, kind, reference, at);
  if (type === 'clickout item') for (const item of visit.touched.values()) item.actsSinceClick = 0;
  visit.lastItem = kind ? reference : '';
  visit.lastType = type;
  visit.lastAt = at;
  visit.acts++;
}

/** To be called before the act that chooses from it. @param chosen its id */
export function addList(visit: SearchVisit, items: readonly Item[], chosen: string): void {
  const prices = items.map(({ price = 0 }) => price);
  items.forEach(({ id }, place) => {
    const price = prices[place] as number;
    visit.shown.set(id, { place, price });
    if (id !== chosen) return;
    const isNew = !visit.touched.has(id);
    visit.clicks.unshift({ id, place, price, priceShare: priceShare(prices, price), isNew });
  });
}

function touch({ touched, lastItem, acts }: SearchVisit, kind: string, id: string, at: number): void {
  const before = touched.get(id);
  const run = lastItem === id ? before : undefined;
  touched.set(id, {
    counts: { ...before?.counts, [kind]: (before?.counts[kind] ?? 0) + 1 },
    acts: (before?.acts ?? 0) + 1,
    seconds: before?.seconds ?? 0,
    runActs: (run?.runActs ?? 0) + 1,
    runSeconds: run?.runSeconds ?? 0,
    actsSinceClick: (before?.actsSinceClick ?? 0) + 1,
    lastKind: kind,
    lastAct: acts,
    lastAt: at,
  });
}
