import { expect, test } from 'vitest';
import type { Decision } from '../decision/decide.ts';
import { emptyProfile } from '../profile/profile.ts';
import type { SlateItem } from '../slate/slate.ts';
import { remember, summaryOf } from './remember.ts';

const decisionOf = (slot: string, ids: readonly string[], decisionId = '0123456789abcdef') =>
  ({
    slate: { decisionId, slot, source: 'ranker', items: ids.map((id) => ({ id }) as SlateItem) },
    request: { now: 1_763_000_000_000 },
  }) as unknown as Decision;
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

test('the profile remembers the last twenty decisions, newest first', () => {
  let profile = emptyProfile(0, 's');
  for (let i = 0; i < 25; i++) profile = remember(profile, decisionOf('grid', ['a', 'b'], `decision-${i}`));
  expect(profile.decisions).toHaveLength(20);
  expect(profile.decisions[0]).toEqual({
    id: 'decision-24',
    slot: 'grid',
    at: 1_763_000_000_000,
    source: 'ranker',
    items: ['a', 'b'],
  });
});

test('the latest of a slot outlasts what other slots add, because it may have to stay', () => {
  let profile = remember(emptyProfile(0, 's'), decisionOf('weekly', ['a'], 'kept'));
  for (let i = 0; i < 50; i++) profile = remember(profile, decisionOf('grid', ['b'], `decision-${i}`));
  expect(profile.decisions).toHaveLength(20);
  expect(profile.decisions.at(-1)?.id).toBe('kept');
  expect(profile.decisions[18]?.id).toBe('decision-31');
  for (let i = 0; i < 20; i++) profile = remember(profile, decisionOf(`slot-${i}`, ['b']));
  expect(profile.decisions.map(({ slot }) => slot)).not.toContain('weekly');
});

test.each(['item-', 'Regenmäntel-', '雨具-', '🌂-', '\ud83c-', '"\\\n-'])(
  'a summary of %j fills its 512 bytes, no more',
  (name) => {
    const ids = Array.from({ length: 500 }, (_, i) => name + i);
    // Slots of all lengths, so that some summary fills its bytes exactly.
    const sizes = Array.from({ length: 40 }, (_, length) => {
      const summary = summaryOf(decisionOf('s'.repeat(length), ids));
      const next = ids[summary.items.length] as string;
      expect(bytes({ ...summary, items: [...summary.items, next] })).toBeGreaterThan(512);
      expect(summary.items).toEqual(ids.slice(0, summary.items.length));
      return bytes(summary);
    });
    expect(Math.max(...sizes)).toBe(512);
  },
);

test('nor does a slot with a long name, or an item', () => {
  const summary = summaryOf(decisionOf('🌂'.repeat(1000), ['a']));
  expect(bytes(summary)).toBeLessThanOrEqual(512);
  expect(summary.slot.length).toBeGreaterThan(50);
  expect(summaryOf(decisionOf('grid', ['x'.repeat(600), 'a'])).items).toEqual([]);
});
