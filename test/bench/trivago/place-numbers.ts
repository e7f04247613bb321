import type { ListView } from './list-view.ts';
import { meanOfKnown } from './mean-of-known.ts';

/** Tells of each place of a list where it lies from what the visitor did. NaN is not known. */
export function placeNumbers(view: ListView): (place: number) => Readonly<Record<string, number>> {
  const { visit, items, known, touched, recent, clicks } = view;
  const [last = Number.NaN, second = Number.NaN] = recent;
  const [clicked = Number.NaN, clickedBefore = Number.NaN] = clicks;
  const clickPlace = meanOfKnown(visit.clicks.map(({ place }) => place));
  const places = [...items.keys()];
  const untouched = places.filter((place) => !known[place]);
  const unclicked = places.filter((place) => !known[place]?.counts.clickouts);
  const unshown = places.filter((place) => !visit.shown.has(items[place]?.id ?? ''));
  const between = (others: readonly number[], place: number) =>
    others.filter((other) => (other - place) * (other - last) < 0).length;
  const placeAmong = (others: readonly number[], place: number) => {
    const found = others.indexOf(place);
    return found < 0 ? Number.NaN : found;
  };
  return (place) => {
    const shown = visit.shown.get(items[place]?.id ?? '');
    return {
      moved: shown ? place - shown.place : Number.NaN,
      // Steps onward in the direction in which the visitor went last, and in which the choices went.
      onward: (place - last) * Math.sign(last - second),
      clickOnward: (place - clicked) * Math.sign(clicked - clickedBefore),
      clickPlaceGap: place - clickPlace,
      nearestTouched: Math.min(...touched.map((other) => Math.abs(other - place))),
      touchedBetween: Number.isNaN(last) ? last : between(touched, place),
      untouchedOffset: known[place] ? Number.NaN : Math.sign(place - last) * between(untouched, place),
      unclickedPlace: placeAmong(unclicked, place),
      unshownPlace: placeAmong(unshown, place),
    };
  };
}
