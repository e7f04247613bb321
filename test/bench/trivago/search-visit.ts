import type { Item } from '@inkling/core';

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
  /** How often the visitor came to it from elsewhere. */
  runs: number;
  seconds: number;
  lastKind: string;
  /** Acts of the visit before the latest one on it. */
  lastAct: number;
  /** Epoch ms. */
  lastAt: number;
}

/** How an item was shown last. */
interface Shown {
  readonly times: number;
  readonly place: number;
  readonly price: number;
}

/** What a page could remember of one visit: only rows that came before. */
export interface SearchVisit {
  readonly touched: Map<string, Touched>;
  readonly shown: Map<string, Shown>;
  /** Ids of the list shown last. */
  list: readonly string[];
  acts: number;
  /** Epoch ms; both of the first row before there is one. */
  readonly startedAt: number;
  lastAt: number;
  lastType: string;
  /** The item that the row before was about, if any. */
  lastItem: string;
  sort: string;
  filterActs: number;
  sortActs: number;
  clickouts: number;
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
    list: [],
    acts: 0,
    startedAt: at,
    lastAt: at,
    lastType: 'none',
    lastItem: '',
    sort: 'none',
    filterActs: 0,
    sortActs: 0,
    clickouts: 0,
  };
}

/** The time since the row before was spent on its item. To be called before the row that ends it. */
export function passTime({ touched, lastItem, lastAt }: SearchVisit, at: number): void {
  const item = touched.get(lastItem);
  if (item) item.seconds += Math.min(LONGEST_LOOK_SECONDS, Math.max(0, (at - lastAt) / 1000));
}

export function addAct(visit: SearchVisit, { type, reference, at }: SearchAct): void {
  const kind = /^\d+$/.test(reference) ? KINDS[type] : undefined;
  if (kind) touch(visit, kind, reference, at);
  if (type === 'change of sort order') {
    visit.sortActs++;
    if (reference !== 'interaction sort button') visit.sort = reference;
  }
  visit.filterActs += Number(type === 'filter selection');
  visit.clickouts += Number(type === 'clickout item');
  visit.lastItem = kind ? reference : '';
  visit.lastType = type;
  visit.lastAt = at;
  visit.acts++;
}

export function addList(visit: SearchVisit, items: readonly Item[]): void {
  items.forEach(({ id, price = 0 }, place) => {
    visit.shown.set(id, { times: (visit.shown.get(id)?.times ?? 0) + 1, place, price });
  });
  visit.list = items.map(({ id }) => id);
}

function touch({ touched, lastItem, acts }: SearchVisit, kind: string, id: string, at: number): void {
  const before = touched.get(id);
  touched.set(id, {
    counts: { ...before?.counts, [kind]: (before?.counts[kind] ?? 0) + 1 },
    acts: (before?.acts ?? 0) + 1,
    runs: (before?.runs ?? 0) + Number(lastItem !== id),
    seconds: before?.seconds ?? 0,
    lastKind: kind,
    lastAct: acts,
    lastAt: at,
  });
}
