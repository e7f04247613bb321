import { decodeNeighbours } from '@inkling/core';
import { createRankNext, type RankNext } from '@inkling/core/candidates';
import type { NeighboursFile } from './fit-to-bytes.ts';
import type { Sessions } from './sessions.ts';

/** How often the next item of a session is among the first `k` named, and the mean of 1 / its rank, 0 where it is not
 * among them. */
export interface NextMetrics {
  /** Items after the first of their session. */
  readonly clicks: number;
  readonly hr: number;
  readonly mrr: number;
  /** Those that are not the item just looked at again, which then is not among the named either. */
  readonly noRepeat: { readonly clicks: number; readonly hr: number; readonly mrr: number };
}

const RECENTS = 10;

/** Predicts every click of the sessions from those before it. */
export function measureNext(rank: RankNext, { sessions }: Sessions, k = 20): NextMetrics {
  const all = createTally();
  const noRepeat = createTally();
  for (const { items } of sessions) {
    let recents: readonly { readonly item: number; readonly views: number }[] = [];
    items.forEach((item, at) => {
      const current = recents[0]?.item;
      if (at > 0) {
        const ranked = rank(recents, k + 1);
        all.add(ranked.indexOf(item), k);
        if (item !== current) noRepeat.add(ranked.filter((named) => named !== current).indexOf(item), k);
      }
      const views = (recents.find((recent) => recent.item === item)?.views ?? 0) + 1;
      recents = [{ item, views }, ...recents.filter((recent) => recent.item !== item)].slice(0, RECENTS);
    });
  }
  return { ...all.metrics(), noRepeat: noRepeat.metrics() };
}

/** What the device would name: the file is read, and walked, as it is there.
 * @param ids of the sessions' items */
export function rankNextOf({ content, order }: NeighboursFile, ids: readonly string[]): RankNext {
  const [table] = decodeNeighbours(content, order.length);
  if (!table) return () => [];
  const rank = createRankNext(table, order);
  const placeOf = new Map(order.map((id, place) => [id, place]));
  const places = ids.map((id) => placeOf.get(id));
  const itemOf = new Map(places.map((place, item) => [place, item]));
  return (recents, count) =>
    rank(
      recents.flatMap(({ item, views }) => {
        const place = places[item];
        return place === undefined ? [] : [{ item: place, views }];
      }),
      count,
    ).map((place) => itemOf.get(place) as number);
}

function createTally() {
  let [clicks, hits, sum] = [0, 0, 0];
  return {
    /** @param place from 0, below 0 where it was not named */
    add(place: number, k: number) {
      clicks++;
      if (place < 0 || place >= k) return;
      hits++;
      sum += 1 / (place + 1);
    },
    metrics: () => ({ clicks, hr: hits / clicks, mrr: sum / clicks }),
  };
}
