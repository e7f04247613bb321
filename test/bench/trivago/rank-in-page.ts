import { createInkling, type DeviceStore } from '@inkling/client';
import { type ConsentState, type ContextPatch, type Item, PURPOSES } from '@inkling/core';

/** One thing a visitor did, in time order. */
export type Step =
  | { readonly kind: 'event'; readonly at: number; readonly item: string }
  | {
      readonly kind: 'list';
      readonly at: number;
      readonly id: string;
      readonly context: ContextPatch;
      readonly items: readonly Item[];
      readonly chosen: readonly string[];
    };

declare global {
  interface Window {
    rankVisitors: (
      visitors: readonly (readonly Step[])[],
    ) => Promise<Readonly<Record<string, readonly string[]>>>;
  }
}

let now = 0;
const all: ConsentState = {
  regime: 'opt-in',
  purposes: Object.fromEntries(PURPOSES.map((purpose) => [purpose, 'granted'])) as ConsentState['purposes'],
};
const values = new Map<string, unknown>();
const store: DeviceStore = {
  get: async (key) => values.get(key),
  set: async (key, value) => void values.set(key, value),
  delete: async (key) => void values.delete(key),
  erase: async () => values.clear(),
};
const inkling = createInkling({
  pack: '/pack/pack.json',
  consent: { get: () => all, subscribe: () => () => {} },
  edgeContext: {},
  sensors: () => ({}),
  now: () => now,
  randomSeed: () => 'bench',
  store,
});
const faults: string[] = [];
inkling.on('diagnostic', ({ code, message }) => {
  if (code !== 'unsigned') faults.push(`${code}: ${message}`);
});

/** Replays visitors through the client's public API. @returns the order of every list, by its id */
window.rankVisitors = async (visitors) => {
  await inkling.ready;
  const orders: Record<string, readonly string[]> = {};
  for (const steps of visitors) {
    now = steps[0]?.at ?? 0;
    await inkling.profile.erase();
    for (const step of steps) {
      now = step.at;
      if (step.kind === 'event') {
        inkling.track({ type: 'view', item: step.item });
        continue;
      }
      inkling.context.override(step.context);
      const slate = await inkling.rank('results', { items: step.items });
      orders[step.id] = slate.items.map(({ id }) => id);
      for (const item of step.chosen) inkling.track({ type: 'click', item });
    }
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return orders;
};
