import type { Item } from '../../item.ts';
import type { Stage } from '../stage.ts';
import type { Quota } from './terms.ts';

/** Keeps a slate on the way to meeting its quotas. */
export interface QuotaKeeper {
  /** Whether the quotas can be met from here. */
  readonly canMeet: () => boolean;
  /** The open items with which they still can. @param chosen the indices of the items placed before */
  readonly narrow: (open: readonly number[], chosen: readonly number[]) => readonly number[];
  /** Whether every minimum is met by what has been placed. */
  readonly isMet: (chosen: readonly Item[]) => boolean;
}

/** A search longer than this counts as having failed; what is not proven feasible is not chosen. */
const MAX_STEPS = 4096;

/** Counts what is open by kind: items to which the same quotas apply are alike. A completion exists if the unmet minimums
 * can be met, within the maximums and the places that are left, by taking items of kinds that an unmet minimum counts.
 * The search is exact, and small because there are few kinds and few unmet minimums. */
export function createQuotaKeeper(
  { open, pins, places }: Stage,
  items: readonly Item[],
  quotas: readonly Quota[],
): QuotaKeeper {
  const need = quotas.map(({ min }) => min);
  const room = quotas.map(({ max }) => max);
  const kinds: (readonly number[])[] = [];
  const kindsOf: number[][] = quotas.map(() => []);
  const left: number[] = [];
  const kindByKey = new Map<string, number>();
  const kindByIndex = new Map<number, number>();
  let free = places - pins.size;
  let counted = 0;
  let steps = 0;

  const quotasOf = (index: number) =>
    quotas.flatMap(({ of }, quota) => (of(items[index] as Item) ? [quota] : []));
  for (const index of open) {
    const applying = quotasOf(index);
    const key = applying.join();
    let kind = kindByKey.get(key);
    if (kind === undefined) {
      kind = kinds.push(applying) - 1;
      kindByKey.set(key, kind);
      for (const quota of applying) kindsOf[quota]?.push(kind);
    }
    kindByIndex.set(index, kind);
    left[kind] = (left[kind] ?? 0) + 1;
  }
  // What is pinned will be there.
  for (const index of pins.values()) count(quotasOf(index), 1);

  function count(applying: readonly number[], by: number): void {
    for (const quota of applying) {
      need[quota] = (need[quota] as number) - by;
      room[quota] = (room[quota] as number) - by;
    }
  }

  function take(kind: number, by: number): void {
    left[kind] = (left[kind] as number) - by;
    free -= by;
    count(kinds[kind] as readonly number[], by);
  }

  /** How many of a kind could be placed if it were the only one. */
  function supply(kind: number): number {
    let most = Math.min(left[kind] as number, free);
    for (const quota of kinds[kind] as readonly number[]) most = Math.min(most, room[quota] as number);
    return most;
  }

  function canComplete(): boolean {
    const first = need.findIndex((count) => count > 0);
    if (first < 0) return true;
    if (++steps > MAX_STEPS || need.some((count, quota) => !canSupply(quota, count))) return false;
    const tried: (readonly [kind: number, left: number])[] = [];
    let done = false;
    for (const kind of kindsOf[first] as readonly number[]) {
      if (done) break;
      if (supply(kind) < 1) continue;
      take(kind, 1);
      done = canComplete();
      take(kind, -1);
      // All ways with one more of this kind have been tried.
      tried.push([kind, left[kind] as number]);
      left[kind] = 0;
    }
    for (const [kind, before] of tried) left[kind] = before;
    return done;
  }

  /** Whether as many of what a quota counts are open. */
  function canSupply(quota: number, count: number): boolean {
    let missing = count;
    for (const kind of kindsOf[quota] as readonly number[]) {
      if (missing <= 0) break;
      missing -= supply(kind);
    }
    return missing <= 0 && count <= free;
  }

  function search(): boolean {
    steps = 0;
    return canComplete();
  }

  return {
    canMeet: () => room.every((count) => count >= 0) && search(),
    narrow(open, chosen) {
      for (; counted < chosen.length; counted++) {
        // What was pinned is counted already.
        const placed = kindByIndex.get(chosen[counted] as number);
        if (placed !== undefined) take(placed, 1);
      }
      if (quotas.length === 0) return open;
      const feasible = kinds.map((_, kind) => {
        if (supply(kind) < 1) return false;
        take(kind, 1);
        const can = search();
        take(kind, -1);
        return can;
      });
      return open.filter((index) => feasible[kindByIndex.get(index) as number]);
    },
    isMet: (chosen) => quotas.every(({ of, min }) => chosen.filter(of).length >= min),
  };
}
