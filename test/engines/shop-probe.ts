import type { Inkling } from '@inkling/client';
import type { ContextPatch } from '@inkling/core';

/** What one engine decided: for each moment the hero, the scores of the grid's places, and a reason. */
export type Decided = Readonly<
  Record<
    string,
    { readonly hero: string; readonly scores: Readonly<Record<string, number>>; readonly why: string }
  >
>;

const MOMENTS: Readonly<Record<string, ContextPatch>> = {
  rain: { weather: { condition: 'rain', temperature: 'cold' }, time: { hour: 9, season: 'autumn' } },
  heat: { weather: { condition: 'clear', temperature: 'hot' }, time: { hour: 15, season: 'summer' } },
  evening: { time: { hour: 21 }, device: { form: 'phone' } },
};

// Runs beside the shop, in a page of its origin: opens it in a frame and drives it by its public API alone.
async function probe(): Promise<Decided> {
  const frame = document.createElement('iframe');
  frame.src = '/';
  frame.width = '1280';
  frame.height = '800';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  const shop = frame.contentWindow as Window;
  while ((shop.inkling?.slates().length ?? 0) < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  const inkling = shop.inkling as Inkling;
  const decided: Record<string, Decided[string]> = {};
  for (const [name, moment] of Object.entries(MOMENTS)) {
    // The page decides its own slots anew, and the grid last: what they show is not among what is asked for below.
    const isDecided = new Promise<void>((resolve) => {
      const stop = inkling.on('decision', ({ slot }) => {
        if (slot !== 'grid') return;
        stop();
        resolve();
      });
    });
    inkling.context.override(moment);
    await isDecided;
    const items = [
      ...shop.document.querySelectorAll<HTMLElement>('[data-inkling-slot="grid"] > [data-inkling-item]'),
    ]
      .map(({ dataset }) => ({ id: dataset.inklingItem ?? '' }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const heroes = ['hero-everyday', 'hero-rain', 'hero-heat', 'hero-snow', 'hero-evening'].map((id) => ({
      id,
    }));
    const hero = await inkling.rank('hero', { items: heroes, k: 1 });
    const grid = await inkling.rank('grid', { items, k: items.length });
    const first = hero.items[0]?.id ?? '';
    const { reasons } = await inkling.explain(hero, first);
    decided[name] = {
      hero: first,
      scores: Object.fromEntries(grid.items.map(({ id, score }) => [id, score])),
      why: reasons.map(({ contribution, sentence }) => `${contribution} ${sentence}`).join('; '),
    };
  }
  return decided;
}

Object.assign(window, { result: probe().catch((error) => String(error?.stack ?? error)) });
