import type { FeatureGroup, SignalPath } from '@inkling/core';

/** What a decision that rules made is explained by, where none of their own sentences can be said. */
export const RULE_GROUPS: readonly FeatureGroup[] = [
  { id: 'weather', sentence: 'The weather played a part.' },
  { id: 'time', sentence: 'The time of day played a part.' },
  { id: 'season', sentence: 'The time of the year played a part.' },
  { id: 'place', sentence: 'Where you are played a part.' },
  { id: 'device', sentence: 'Your kind of device played a part.' },
  { id: 'visit', sentence: 'This visit played a part.' },
  { id: 'site', sentence: 'What the site knows of this moment played a part.' },
  { id: 'taste', sentence: 'What you looked at before played a part.' },
  { id: 'item', sentence: 'It suits many visitors.' },
];

const AREAS: Readonly<Record<string, string>> = {
  weather: 'weather',
  time: 'time',
  geo: 'place',
  device: 'device',
  referral: 'visit',
  page: 'visit',
  session: 'visit',
  visit: 'visit',
  custom: 'site',
};

/** The group of a condition; without one the items speak for themselves. */
export function groupOf(signal: SignalPath | undefined): string {
  if (signal === undefined) return 'item';
  if (signal === 'time.month' || signal === 'time.season') return 'season';
  return AREAS[signal.split('.')[0] as string] as string;
}
