import { emptyProfile, type Pack } from '@inkling/core';
import { expect, test } from 'vitest';
import type { PrivacyPage } from './privacy-page.ts';
import { tellPast } from './tell-past.ts';

const NOW = Date.UTC(2026, 10, 20);
const pack = {
  sensitive: ['health'],
  spec: { format: 2, groups: [], features: [], phrases: { tags: { tea: 'tea time', health: 'health' } } },
} as unknown as Pack;

const items = [
  { id: 'pot', title: 'Pot', tags: ['tea'] },
  { id: 'pill', title: 'Pill', tags: ['health'] },
];

// Only this much is read.
const page = {
  pack: () => pack,
  item: (id: string) => items.find((item) => item.id === id),
} as unknown as PrivacyPage;

test('a sensitive tag or item is not named, even where the profile holds it', () => {
  const profile = {
    ...emptyProfile(NOW, 'seed'),
    affinities: { tea: [2, NOW], health: [2, NOW], wine: [-1, NOW] } as const,
    recents: ['pill', 'pot', 'gone'].map((id) => ({ id, at: NOW, views: 1, clicks: 0 })),
    dismissed: ['pill'],
  };
  expect(tellPast({ page }, profile)).toEqual({
    since: NOW,
    until: NOW + 395 * 86_400_000,
    likes: ['tea time'],
    dislikes: ['wine'],
    lookedAt: ['Pot'],
    rejected: 1,
    topics: [{ tag: 'tea', phrase: 'tea time', isLiked: true }],
  });
});
