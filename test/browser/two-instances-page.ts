import { createInkling, type Inkling, type InklingOptions, type Shown, watchShown } from '@inkling/client';
import { type ConsentSource, PURPOSES } from '@inkling/core';

declare global {
  interface Window {
    readonly one: Inkling;
    readonly other: Inkling;
    readonly shown: { readonly what: 'decision' | 'exposure'; readonly shown: Shown }[];
  }
}

/** Everything is granted, and nothing changes. */
const consent: ConsentSource = {
  get: () => ({
    regime: 'notice',
    purposes: Object.fromEntries(PURPOSES.map((purpose) => [purpose, 'granted'])) as ReturnType<
      ConsentSource['get']
    >['purposes'],
  }),
  subscribe: () => () => {},
};

/** Each has a memory of its own. */
function create(): Inkling {
  const values = new Map<string, unknown>();
  const store: NonNullable<InklingOptions['store']> = {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
    delete: async (key) => void values.delete(key),
    erase: async () => values.clear(),
  };
  return createInkling({ pack: '/inkling/pack.json', consent, store, test: location.search === '?test' });
}

const shown: Window['shown'] = [];
const one = create();
const other = create();
watchShown(one, {
  onDecision: (slate) => shown.push({ what: 'decision', shown: slate }),
  onExposure: (slate) => shown.push({ what: 'exposure', shown: slate }),
});
Object.assign(window, { one, other, shown });
