import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createContext,
  exp,
  type Item,
  log,
  type Prng,
  prng,
  readSignal,
  type SignalPath,
} from '@inkling/core';

/** From signal to value to how much more (or less) an item with this tag appeals. */
type Preferences = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

const LIST_LENGTH = 12;
const START = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const SEASONS = ['winter', 'spring', 'summer', 'autumn'] as const;
/** Temperature bands by season, each as likely as it is often named. */
const TEMPERATURES: Readonly<Record<(typeof SEASONS)[number], readonly string[]>> = {
  winter: ['freezing', 'freezing', 'cold', 'cold', 'mild'],
  spring: ['cold', 'mild', 'mild', 'warm'],
  summer: ['mild', 'warm', 'warm', 'hot', 'hot'],
  autumn: ['cold', 'mild', 'mild', 'warm'],
};
const CONDITIONS = ['clear', 'clear', 'cloud', 'cloud', 'fog', 'rain', 'rain', 'storm'] as const;

export interface Simulation {
  readonly visitors: number;
  /** Another seed draws other visitors. */
  readonly seed: string;
}

/** Draws visits to the shop from the written preferences: each visitor has two favourite tags, comes one to six times,
 * sees lists of random items and the heroes, and chooses one by a multinomial logit (Luce 1959). Seeded.
 * @returns NDJSON for `inkling train`, as mapping.json describes it */
export function simulate(catalog: readonly Item[], { visitors, seed }: Simulation): string {
  const preferences: Preferences = JSON.parse(
    readFileSync(join(import.meta.dirname, 'preferences.json'), 'utf8'),
  );
  const random = prng('storefront', seed);
  const products = catalog.filter(({ group }) => group === 'product');
  const heroes = catalog.filter(({ group }) => group === 'hero');
  const tags = [...new Set(products.flatMap((item) => item.tags ?? []))].sort();
  const lines: string[] = [];
  for (let visitor = 0; visitor < visitors; visitor++) {
    const favourites = [pick(tags, random), pick(tags, random)];
    const visits = 1 + (random() % 6);
    let at = START + (random() % 8000) * HOUR;
    const seen = new Map<string, number>();
    for (let visit = 0; visit < visits; visit++, at += (1 + (random() % 200)) * HOUR) {
      const moment = drawMoment(visit, random);
      const lists =
        visit % 2 === 0
          ? [sample(products, LIST_LENGTH, random), heroes]
          : [sample(products, LIST_LENGTH, random)];
      lists.forEach((items, index) => {
        const appeal = items.map((item) => appealOf(item, moment, favourites, preferences, seen));
        const chosen = draw(appeal, random);
        items.forEach((item, position) => {
          lines.push(
            JSON.stringify({
              list: `${visitor}-${visit}-${index}`,
              visitor: `v${visitor}`,
              item: item.id,
              chosen: Number(position === chosen),
              position,
              at: at + index * 60_000,
              ...moment,
            }),
          );
        });
        const id = items[chosen]?.id ?? '';
        seen.set(id, (seen.get(id) ?? 0) + 1);
      });
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A moment; each signal is unknown in a quarter of the visits, because the ranker must know that value too. */
function drawMoment(visit: number, random: Prng): Readonly<Record<string, string | number>> {
  const season = pick(SEASONS, random);
  const snows = season === 'winter' && random() % 3 === 0;
  const temperature = snows ? pick(['freezing', 'cold'], random) : pick(TEMPERATURES[season], random);
  const known = <T>(value: T): T | '' => (random() % 4 === 0 ? '' : value);
  return {
    season: known(season),
    temperature: known(temperature),
    condition: known(snows ? 'snow' : pick(CONDITIONS, random)),
    hour: known(random() % 24),
    device: known(pick(['phone', 'phone', 'tablet', 'desktop'], random)),
    visit: known(visit === 0 ? 'new' : 'returning'),
  };
}

function appealOf(
  item: Item,
  moment: Readonly<Record<string, string | number>>,
  favourites: readonly string[],
  preferences: Preferences,
  seen: ReadonlyMap<string, number>,
): number {
  const context = createContext({
    custom: {},
    ...(moment.hour !== '' && { time: { hour: Number(moment.hour) } }),
  });
  const values: Readonly<Record<string, string>> = {
    'weather.condition': String(moment.condition),
    'weather.temperature': String(moment.temperature),
    'device.form': String(moment.device),
    'visit.type': String(moment.visit),
    'time.daypart': readSignal(context, 'time.daypart' satisfies SignalPath),
  };
  const tags = item.tags ?? [];
  const fromMoment = Object.entries(values).reduce(
    (sum, [signal, value]) =>
      sum + tags.reduce((s, tag) => s + (preferences[signal]?.[value]?.[tag] ?? 0), 0),
    0,
  );
  const season = item.attributes?.season;
  const fits = moment.season === '' || season === 'all' ? 0 : season === moment.season ? 0.9 : -0.7;
  const liked = favourites.filter((tag) => tags.includes(tag)).length;
  const again = seen.has(item.id) ? 0.4 : 0;
  return fromMoment + fits + 1.7 * liked + again - 0.1 * log(1 + (item.price ?? 0));
}

function draw(appeal: readonly number[], random: Prng): number {
  const powers = appeal.map(exp);
  let left = (powers.reduce((a, b) => a + b) * random()) / 2 ** 32;
  for (const [index, power] of powers.entries()) {
    left -= power;
    if (left < 0) return index;
  }
  return powers.length - 1;
}

function pick<T>(values: readonly T[], random: Prng): T {
  return values[random() % values.length] as T;
}

function sample<T>(values: readonly T[], count: number, random: Prng): readonly T[] {
  const left = [...values];
  return Array.from({ length: count }, () => left.splice(random() % left.length, 1)[0] as T);
}
