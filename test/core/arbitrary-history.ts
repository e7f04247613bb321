import type { EventType, InklingEvent, Item } from '@inkling/core';
import fc from 'fast-check';

export const DAY = 86_400_000;
/** When the histories end. */
export const NOW: number = 800 * DAY;

export const TYPES: readonly EventType[] = [
  'view',
  'click',
  'dwell',
  'add_to_cart',
  'purchase',
  'search',
  'like',
  'dismiss',
  'less_like_this',
  'exposure',
];

/** Ids and tags that are hard on encodings and on objects. */
const NAMES = [
  'kettle',
  'constructor',
  '__proto__',
  '💙',
  '\ud800',
  'x'.repeat(256),
  '€'.repeat(256),
  '"\\\n',
];

export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NAMES),
  fc.integer({ min: 0, max: 40 }).map((i) => `item ${i}`),
);

/** Each event at a time of its own, so that none stands for another's order. */
export function histories(
  types: readonly EventType[],
  maxLength: number,
): fc.Arbitrary<readonly InklingEvent[]> {
  const event = fc.record({
    type: fc.constantFrom(...types),
    item: anyName,
    at: fc.integer({ min: NOW - 100 * DAY, max: NOW }),
    value: fc.double({ min: 0, max: 600, noNaN: true }),
    tags: fc.array(anyName, { maxLength: 3 }),
  });
  return fc.uniqueArray(event, { maxLength, size: 'max', selector: ({ at }) => at });
}

/** Its tags follow from its id. */
export function itemCalled(id: string): Item {
  return { id, tags: [`tag ${id.length % 7}`, id.slice(0, 256), 'constructor'] };
}
