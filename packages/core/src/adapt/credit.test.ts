import { expect, test } from 'vitest';
import type { EventType } from '../profile/event.ts';
import type { Slate } from '../slate/slate.ts';
import { creditOf, type Exposure } from './credit.ts';

const exposure = (at: number, items: readonly string[], ...credited: readonly EventType[]): Exposure => ({
  slate: { items: items.map((id) => ({ id })) } as unknown as Slate,
  at,
  credited: new Set(credited),
});
const click = { type: 'click', item: 'cape', at: 100 } as const;

test('the latest exposure that holds the item is credited, in whatever order they come', () => {
  const [older, newer, other] = [
    exposure(10, ['cape']),
    exposure(20, ['cape', 'lamp']),
    exposure(30, ['lamp']),
  ];
  expect(creditOf(click, [newer, other, older])).toBe(newer);
  expect(creditOf(click, [older, other, newer])).toBe(newer);
  expect(creditOf(click, [other])).toBeUndefined();
});

test('an older one is not credited in its stead when it has been credited already', () => {
  expect(creditOf(click, [exposure(20, ['cape'], 'click'), exposure(10, ['cape'])])).toBeUndefined();
  const cart = exposure(20, ['cape'], 'add_to_cart');
  expect(creditOf(click, [cart])).toBe(cart);
});

test('views and whatever a page invents are no rewards', () => {
  expect(creditOf({ ...click, type: 'view' }, [exposure(20, ['cape'])])).toBeUndefined();
  expect(creditOf({ ...click, type: 'constructor' as 'view' }, [exposure(20, ['cape'])])).toBeUndefined();
});
