import { MOMENT, type Use } from './read-uses.ts';

/** Uses that a word of the moment needs before it counts for more than half. */
const PRIOR_USES = 20;
/** The words of a moment overlap (a city is in a country), so that each counts in part. */
const WORD_SHARE = 0.5;

/** How much each app is used in a moment, by counting: ln p(app) + ½ Σ ln (n + λ) / (e + λ) over the words of the moment,
 * where n is how often the app was used with the word, e how often it would have been if the word said nothing, and λ a
 * prior of 20 uses. This is naive Bayes shrunk to popularity. A use weighs less the more its user has, so that a few do not
 * speak for all. Prior, share and weight were chosen on five folds of the training users.
 * @returns a score for each of the apps */
export function contextualPopularity(
  train: readonly Use[],
  apps: readonly string[],
): (words: Use['words']) => Float64Array {
  const uses = new Map<string, number>();
  for (const { user } of train) uses.set(user, (uses.get(user) ?? 0) + 1);
  const placeOf = new Map(apps.map((app, place) => [app, place]));
  const whole = createTally(apps.length);
  const byWord = new Map<string, Tally>();
  for (const { user, item, words } of train) {
    const weight = 1 / Math.sqrt(uses.get(user) as number);
    const place = placeOf.get(item);
    add(whole, place, weight);
    for (const name of MOMENT) {
      const key = `${name} ${words[name]}`;
      const tally = byWord.get(key) ?? createTally(apps.length);
      byWord.set(key, tally);
      add(tally, place, weight);
    }
  }
  const prior = (PRIOR_USES * whole.total) / train.length;
  const shares = whole.counts.map((count) => (count + 1e-3) / whole.total);
  return (words) => {
    const tallies = MOMENT.flatMap((name) => byWord.get(`${name} ${words[name]}`) ?? []);
    return shares.map((share, place) =>
      tallies.reduce((score, { counts, total }) => {
        const ratio = ((counts[place] as number) + prior) / (share * total + prior);
        return score + WORD_SHARE * Math.log(ratio);
      }, Math.log(share)),
    );
  };
}

/** Weights of uses: of each app, and of all. */
interface Tally {
  readonly counts: Float64Array;
  total: number;
}

function createTally(apps: number): Tally {
  return { counts: new Float64Array(apps), total: 0 };
}

function add(tally: Tally, place: number | undefined, weight: number): void {
  tally.total += weight;
  if (place !== undefined) tally.counts[place] = (tally.counts[place] as number) + weight;
}
