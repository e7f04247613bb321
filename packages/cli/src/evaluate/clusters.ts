import { digest } from '@inkling/core';

/** More visitors than these are dealt into as many groups. */
const MOST_CLUSTERS = 8192;

/** What is gathered of each visitor, and where there are many of each group of them. Groups of independent visitors are
 * independent, too, so that resampling or flipping them is as right (random groups: Wolter, "Introduction to
 * Variance Estimation", 2007, chapter 2); a standard error of 8,192 is known to 1 / √(2 · 8,192) = 0.8%, where a
 * thousand resamples know it to 2.2%. */
export interface Clusters<T> {
  /** What is gathered of a visitor, to be added to until another one is asked for. A visitor's lists come one after the
   * other; in any order where there are no more visitors than groups. */
  of(visitor: string): T;
  /** No more are added. */
  finish(): ClusteredVisitors<T>;
}

interface ClusteredVisitors<T> {
  readonly visitors: number;
  /** By the visitor's name, or that of a group. */
  readonly clusters: ReadonlyMap<string, T>;
}

/** Memory holds at most `most` of them, however many visitors there are.
 * @param most visitors who stand for themselves, and groups. @default 8,192 */
export function createClusters<T>(
  create: () => T,
  merge: (into: T, from: T) => void,
  most: number = MOST_CLUSTERS,
): Clusters<T> {
  const alone = new Map<string, T>();
  const groups = new Map<string, T>();
  let visitors = 0;
  let latest: { readonly visitor: string; readonly own: T } | undefined;
  const deal = (visitor: string, own: T) => {
    const group = String(Number.parseInt(digest(visitor).slice(0, 8), 16) % most);
    const into = groups.get(group);
    if (into === undefined) groups.set(group, own);
    else merge(into, own);
  };
  return {
    of(visitor) {
      const known = latest?.visitor === visitor ? latest.own : alone.get(visitor);
      if (known !== undefined) return known;
      const own = create();
      if (++visitors <= most) {
        alone.set(visitor, own);
        return own;
      }
      for (const [name, each] of alone) deal(name, each);
      alone.clear();
      if (latest) deal(latest.visitor, latest.own);
      latest = { visitor, own };
      return own;
    },
    finish() {
      if (latest) deal(latest.visitor, latest.own);
      latest = undefined;
      return { visitors, clusters: groups.size > 0 ? groups : alone };
    },
  };
}
