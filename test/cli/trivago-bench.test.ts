import { expect, test } from 'vitest';
import { describeList } from '../bench/trivago/describe-list.ts';
import { addAct, addList, createVisit, passTime } from '../bench/trivago/search-visit.ts';

test('a list is described by the rows before it alone', () => {
  const items = ['1', '2', '3'].map((id, place) => ({ id, price: [80, 40, 40][place] as number }));
  const at = 1_000_000;
  const visit = createVisit(at);
  const shown = (after: number) => describeList(visit, items, { filters: [], at: at + after });
  const cold = shown(0);
  expect(cold.custom).toMatchObject({ acts: 0, touchedInList: 0, lastAction: 'none', overlap: 'unknown' });
  expect(Object.keys(cold.items[0]?.attributes ?? {}).sort()).toEqual([
    'bargain',
    'priceBelow',
    'touchedAbove',
    'touchedBelow',
  ]);
  addAct(visit, { type: 'interaction item image', reference: '2', at });
  addAct(visit, { type: 'interaction item image', reference: '2', at: at + 2_000 });
  passTime(visit, at + 5_000);
  const warm = shown(5_000);
  expect(warm.items[1]?.attributes).toMatchObject({
    images: 2,
    acts: 2,
    runs: 1,
    seconds: 3,
    actsAgo: 1,
    actShare: 1,
  });
  expect(warm.items[2]?.attributes).toMatchObject({
    beyond: 1,
    nearestTouched: 1,
    touchedAbove: 1,
    touchedPrice: 0,
  });
  expect(warm.custom).toMatchObject({ acts: 2, touchedInList: 1, lastItemSeconds: 3, secondsSinceAct: 3 });
  // Asking changes nothing: what is chosen from a list cannot have told of it.
  expect(shown(5_000)).toEqual(warm);
  addList(visit, items);
  addAct(visit, { type: 'clickout item', reference: '2', at: at + 5_000 });
  expect(shown(6_000).items[1]?.attributes).toMatchObject({
    clickouts: 1,
    shown: 1,
    moved: 0,
    lastKind: 'clickouts',
  });
});
