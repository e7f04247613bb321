import { PROFILE_LIMITS, type Profile } from './profile.ts';
import { isAbandoned, type RecentItem } from './recent-item.ts';
import { tastes } from './tastes.ts';

const DAY = 86_400_000;

/** The profile as a file that a visitor can read and keep: JSON with named fields, ISO 8601 times and a sentence where
 * numbers alone say little. `importProfile` reads it back whole, to the millisecond.
 * @param now epoch ms; tastes are described as they are then
 * @param halfLifeDays of the pack's feature spec. @default 14 */
export function exportProfile(profile: Profile, now: number, halfLifeDays = 14): string {
  const { visit, createdAt, unused, paused, neutral } = profile;
  const taste = tastes(profile, now, halfLifeDays);
  const file = {
    inkling: 'profile',
    format: 2,
    about:
      'What this site remembers of you. It is kept in this browser only; the sentences are for you, the site reads the other fields.',
    createdAt: iso(createdAt),
    erasedAt: iso(createdAt + PROFILE_LIMITS.lifeMs),
    visit: { ...visit, startedAt: iso(visit.startedAt), lastAt: iso(visit.lastAt) },
    tastes: Object.entries(profile.affinities).map(([tag, [value, at, weight]]) => ({
      tag,
      sentence: tasteSentence(taste.get(tag) ?? 0),
      value,
      ...(weight !== undefined && { weight }),
      at: iso(at),
    })),
    recents: profile.recents.map((recent) => ({
      ...recent,
      at: iso(recent.at),
      sentence: recentSentence(recent),
    })),
    dismissed: profile.dismissed,
    seen: Object.entries(profile.counters).map(([what, buckets]) => ({
      what,
      days: Array.from({ length: buckets.length / 2 }, (_, i) => ({
        day: iso((buckets[2 * i] ?? 0) * DAY).slice(0, 10),
        times: buckets[2 * i + 1],
      })),
    })),
    decisions: profile.decisions.map((decision) => ({ ...decision, at: iso(decision.at) })),
    learnt: profile.posterior,
    // What was not switched off is left out.
    ...{ unused, paused, neutral },
  };
  return JSON.stringify(file, null, 2);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function tasteSentence(taste: number): string {
  if (taste < -0.1) return 'You turned this down.';
  if (taste < 0.1) return 'You showed little interest in this of late.';
  return taste < 0.5 ? 'You showed some interest in this.' : 'You showed much interest in this.';
}

function recentSentence(recent: RecentItem): string {
  const { views, clicks, dwell = 0, carts = 0, purchases = 0 } = recent;
  const acts = [
    times(views, 'looked at it'),
    times(clicks, 'clicked it'),
    times(carts, 'put it into the cart'),
    times(purchases, 'bought it'),
    dwell > 0 && `spent ${Math.round(dwell)} s on it`,
  ].filter(Boolean);
  const left = isAbandoned(recent) ? ' It was left without being bought.' : '';
  return `${acts.length > 0 ? `You ${acts.join(', ')}.` : 'You dealt with it.'}${left}`;
}

function times(count: number, act: string): string | false {
  return count > 0 && (count === 1 ? `${act} once` : `${act} ${count} times`);
}
