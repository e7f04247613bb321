import { expect, test } from 'vitest';
import { describeList } from '../bench/trivago/describe-list.ts';
import { addAct, addList, createVisit, passTime } from '../bench/trivago/search-visit.ts';

const AT = 1_000_000;
const items = [80, 40, 40, 20].map((price, place) => ({ id: `${place + 1}`, price }));

test('a list is described by the rows before it alone', () => {
  const visit = createVisit(AT);
  const shown = (after: number) => describeList(visit, items, AT + after);
  const cold = shown(0);
  expect(cold.custom).toMatchObject({ lastAction: 'none', newClicks: 0, clickPlace: 'unknown', length: 4 });
  // Of somebody who did nothing only the list itself is known.
  expect(Object.keys(cold.items[0]?.attributes ?? {}).sort()).toEqual([
    'bargain',
    'cheaperAbove',
    'priceDeviation',
    'priceFirst',
    'unclickedPlace',
    'unshownPlace',
    'untouchedCheaper',
    'untouchedShare',
  ]);
  addAct(visit, { type: 'interaction item image', reference: '2', at: AT });
  addAct(visit, { type: 'interaction item image', reference: '2', at: AT + 2_000 });
  passTime(visit, AT + 5_000);
  const warm = shown(5_000);
  expect(warm.items[1]?.attributes).toMatchObject({
    images: 2,
    seconds: 3,
    runActs: 2,
    actsSinceClick: 2,
    actShare: 1,
  });
  expect(warm.custom).toMatchObject({ lastItemActs: 2, lastItemSeconds: 3, secondsSinceAct: 3 });
  // Asking changes nothing: what is chosen from a list cannot have told of it.
  expect(shown(5_000)).toEqual(warm);
  addList(visit, items, '2');
  addAct(visit, { type: 'clickout item', reference: '2', at: AT + 5_000 });
  expect(shown(6_000).items[1]?.attributes).toMatchObject({
    clickouts: 1,
    moved: 0,
    actsSinceClick: 0,
    lastKind: 'clickouts',
  });
});

test('what was looked at is stepped over: places and prices among the rest', () => {
  const visit = createVisit(AT);
  for (const reference of ['1', '2', '1']) {
    addAct(visit, { type: 'interaction item image', reference, at: AT });
  }
  const [first, second, third, fourth] = describeList(visit, items, AT).items.map((item) => item.attributes);
  expect(first).toMatchObject({ images: 2, runActs: 1, unclickedPlace: 0 });
  expect(first).not.toHaveProperty('untouchedOffset');
  // The second lies between the first, touched last, and these.
  expect(second).toMatchObject({ touchedBetween: 0, onward: -1 });
  expect(third).toMatchObject({
    touchedBetween: 1,
    untouchedOffset: 0,
    untouchedCheaper: 0,
    cheaperAbove: 1,
    nearestTouched: 1,
  });
  expect(third).not.toHaveProperty('untouchedBargain');
  expect(fourth).toMatchObject({ untouchedOffset: 1, untouchedShare: 0, unclickedPlace: 3 });
  expect(fourth?.untouchedBargain).toBeCloseTo(-Math.LN2);
  expect(third?.untouchedShare).toBe(1);
});

test('earlier choices tell of later ones, in another list, too', () => {
  const visit = createVisit(AT);
  for (const reference of ['2', '3']) {
    addList(visit, items, reference);
    addAct(visit, { type: 'clickout item', reference, at: AT });
  }
  const again = describeList(visit, items, AT);
  expect(again.custom).toMatchObject({ newClicks: 2, clickPlace: 1.5 });
  expect(again.items[3]?.attributes).toMatchObject({
    clickOnward: 1,
    clickPlaceGap: 1.5,
    unclickedPlace: 1,
  });
  expect(again.items[3]?.attributes?.clickPrice).toBeCloseTo(-Math.LN2);
  expect(again.items[3]?.attributes?.visitPrice).toBeCloseTo(-Math.LN2);
  // Of four prices one is below 40: a third of the others.
  expect(again.items[3]?.attributes?.clickShareGap).toBeCloseTo(-1 / 3);
  const other = describeList(visit, [{ id: '9', price: 10 }, ...items.slice(0, 1)], AT);
  expect(other.items[0]?.attributes).toMatchObject({ unshownPlace: 0, clickPlaceGap: -1.5 });
  expect(other.items[0]?.attributes).not.toHaveProperty('clickOnward');
  expect(other.items[1]?.attributes).not.toHaveProperty('unshownPlace');
});
