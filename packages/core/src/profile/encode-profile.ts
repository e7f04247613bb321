import { PROFILE_LIMITS, type Profile } from './profile.ts';
import { utf8Length } from './utf8-length.ts';

const DAY = 86_400_000;

/** The profile as the text that is stored: JSON of at most 64 KiB in UTF-8. Where it would be longer, the oldest
 * detail is left out first: affinities, counters, recent items and decisions by their time; only then dismissals,
 * which the visitor asked for, and last what was learnt on the device. */
export function encodeProfile(profile: Profile): string {
  const text = JSON.stringify(profile);
  let over = utf8Length(text) - PROFILE_LIMITS.bytes;
  if (over <= 0) return text;
  const affinities = Object.entries(profile.affinities);
  const counters = Object.entries(profile.counters);
  const { recents, decisions, dismissed } = profile;
  const oldestFirst: readonly unknown[] = [
    ...[
      ...affinities.map((entry) => ({ entry, at: entry[1][1] })),
      ...counters.map((entry) => ({ entry, at: (entry[1][0] ?? 0) * DAY })),
      ...[...recents, ...decisions].map((entry) => ({ entry, at: entry.at })),
    ]
      .sort((a, b) => a.at - b.at)
      .map(({ entry }) => entry),
    ...[...dismissed].reverse(),
  ];
  const dropped = new Set<unknown>();
  for (const entry of oldestFirst) {
    if (over <= 0) break;
    dropped.add(entry);
    // Two bytes less than its own JSON, because `["tag",[1,2]]` stands as `"tag":[1,2]`.
    over -= utf8Length(JSON.stringify(entry)) - 2;
  }
  const kept = (entry: unknown) => !dropped.has(entry);
  return JSON.stringify({
    ...profile,
    affinities: Object.fromEntries(affinities.filter(kept)),
    counters: Object.fromEntries(counters.filter(kept)),
    recents: recents.filter(kept),
    dismissed: dismissed.filter(kept),
    decisions: decisions.filter(kept),
    ...(over > 0 && { posterior: {} }),
  });
}
