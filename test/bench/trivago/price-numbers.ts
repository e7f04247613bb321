import type { ListView } from './list-view.ts';
import { meanOfKnown } from './mean-of-known.ts';
import { priceShare } from './price-share.ts';

/** Tells of each place of a list how its price, as its logarithm, compares: with the list, with what stands above, and with
 * what the visitor looked at and chose. NaN is not known. */
export function priceNumbers(view: ListView): (place: number) => Readonly<Record<string, number>> {
  const { visit, items, known, prices, touched } = view;
  const average = meanOfKnown(prices);
  const deviation = Math.sqrt(meanOfKnown(prices.map((price) => (price - average) ** 2)));
  const touchedPrice = meanOfKnown(touched.map((place) => prices[place] as number));
  const now = new Map(items.map(({ id }, place) => [id, prices[place] as number]));
  const visitPrice = meanOfKnown(
    [...visit.touched.keys()].map((id) => now.get(id) ?? Math.log(visit.shown.get(id)?.price ?? Number.NaN)),
  );
  const clickPrice = meanOfKnown(visit.clicks.map(({ price }) => Math.log(price)));
  const clickShare = meanOfKnown(visit.clicks.map(({ priceShare }) => priceShare));
  const untouched = prices.filter((_, place) => !known[place]);
  return (place) => {
    const price = prices[place] as number;
    const above = prices.slice(0, place);
    const untouchedAbove = above.filter((_, other) => !known[other]);
    const shown = visit.shown.get(items[place]?.id ?? '');
    const ofUntouched = {
      untouchedCheaper: untouchedAbove.filter((other) => other <= price).length,
      untouchedShare: priceShare(untouched, price),
      untouchedBargain: price - Math.min(...untouchedAbove),
    };
    return {
      priceDeviation: (price - average) / (deviation || 1),
      priceFirst: price - (prices[0] as number),
      priceAbove: price - (prices[place - 1] ?? Number.NaN),
      bargain: place > 0 ? price - Math.min(...above) : 0,
      cheaperAbove: above.filter((other) => other <= price).length,
      priceChange: shown ? price - Math.log(shown.price) : Number.NaN,
      touchedPrice: price - touchedPrice,
      touchedPriceGap: Math.abs(price - touchedPrice),
      visitPrice: price - visitPrice,
      clickPrice: price - clickPrice,
      clickShareGap: priceShare(prices, price) - clickShare,
      ...(known[place] ? {} : ofUntouched),
    };
  };
}
