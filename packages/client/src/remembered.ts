import type {
  ConsentSource,
  ContextPatch,
  Decision,
  Gate,
  Item,
  Pack,
  Profile,
  Purpose,
  ReducerOptions,
  Slate,
} from '@inkling/core';
import type { Learner } from '@inkling/core/adapt';
import {
  createReducer,
  enterPage,
  exposeSlate,
  forgetSensitive,
  remember,
  withoutSignals,
} from '@inkling/core/profile';
import { abortOnWithdrawal } from './abort-on-withdrawal.ts';
import { beginDocument, isNewPage, whenVisited } from './begin-document.ts';
import type { Contribution } from './contribution.ts';
import { createContributions } from './contributions.ts';
import { createDeviceStore, type DeviceStore } from './device-store.ts';
import { hearTabs } from './hear-tabs.ts';
import type { Act } from './inkling.ts';
import { keepPack } from './keep-pack.ts';
import { createKeptProfile } from './kept-profile.ts';
import type { InklingOptions } from './options.ts';
import { createSearches } from './searches.ts';
import type { Site } from './site.ts';

/** What a page has besides the profile when something enters it. */
export interface Reading extends ReducerOptions {
  readonly loaded?: { readonly pack: Pack; readonly catalog: readonly Item[] } | undefined;
  readonly sensitive: ReadonlySet<string>;
  readonly learner?: Learner | undefined;
}

/** The profile, and what arms are drawn from, for as long as each may be remembered. What would change the profile does
 * nothing while there is none. */
export interface Remembered {
  readonly profile: Profile | undefined;
  /** Random text that is kept. */
  readonly unit: string | undefined;
  /** Reads what is granted, and deletes what is not. */
  align(): Promise<void>;
  /** Keeps the pack of the page under the purpose `profile`, or puts the last good one in its place; and opens the newer
   * pack that a share of visitors gets first. */
  settlePack(site: Site): Promise<void>;
  /** Enters the page, once, into a profile that was stored before. @returns what the visitor switched off */
  enterPage(item: string | undefined): ContextPatch | undefined;
  /** Enters another page of the same document. */
  turnPage(item: string | undefined): void;
  note(decision: Decision): void;
  track(act: Act & { readonly at: number }, decision: Decision | undefined): void;
  expose(slate: Slate, decision: Decision | undefined): void;
  /** The profile as a file for the visitor. */
  exportFile(): Promise<string | undefined>;
  /** Puts another profile in its place. */
  replace(profile: Profile): void;
  unlearn(): void;
  /** Forgets the profile. */
  forget(): Promise<void>;
  /** Removes everything, the database included. */
  erase(): Promise<void>;
  /** Ends without removing anything. */
  stop(): void;
}

export interface RememberedOptions extends Pick<InklingOptions, 'pack' | 'publicKeys' | 'fetch'> {
  readonly consent: ConsentSource;
  readonly gate: Gate;
  /** @default IndexedDB, or memory where it fails */
  readonly store?: DeviceStore | undefined;
  readonly isGranted: (purpose: Purpose) => boolean;
  readonly now: () => number;
  /** Fresh randomness as text. */
  readonly randomSeed: () => string;
  readonly report: (code: string, stage: string, cause: unknown) => void;
  /** The profile is no longer granted: whoever has a copy drops it. */
  readonly onWithdrawn: () => void;
  readonly reading: () => Reading;
}

export function createRemembered(options: RememberedOptions): Remembered {
  const {
    consent,
    gate,
    isGranted,
    now,
    publicKeys: keys,
    randomSeed,
    reading,
    report,
    onWithdrawn,
  } = options;
  const { store = createDeviceStore((cause) => report('store_failed', 'profile', cause)) } = options;
  const url = new URL(options.pack, document.baseURI);
  let wasStored = false;
  let unit: string | undefined;
  let isCanaryDrawn = false;
  /** Of the grant that the profile was opened under. */
  let granted: AbortSignal;

  const contributions = createContributions({ ...options, store });
  const kept = createKeptProfile({ ...options, store });
  const { update } = kept;

  const pageOf = (item: string | undefined) => ({ item, now: now(), seed: randomSeed() });
  const turnPage: Remembered['turnPage'] = (item) => {
    const page = pageOf(item);
    const read = reading();
    update((before) => enterPage(before, page, read));
    searches.look();
  };
  const searches = createSearches({
    ...options,
    onTags(tags, at) {
      const read = reading();
      update((before) => createReducer(read)(before, { type: 'search', at, tags }));
    },
  });

  async function openProfile(): Promise<void> {
    const signal = abortOnWithdrawal(consent, 'profile');
    granted = signal;
    // The copies in memory go with the grant, at once.
    signal.addEventListener('abort', () => {
      kept.drop();
      onWithdrawn();
    });
    searches.watch(signal);
    wasStored = await kept.open(signal);
  }

  async function openUnit(): Promise<void> {
    const signal = abortOnWithdrawal(consent, 'measurement');
    const stored = await store.get('unit');
    if (signal.aborted) return;
    signal.addEventListener('abort', () => {
      unit = undefined;
    });
    unit = typeof stored === 'string' ? stored : randomSeed();
    contributions.begin('measurement', unit);
    if (unit !== stored) await gate.pass('unit', () => store.set('unit', unit, signal));
  }

  /** Once, because the newer pack may name itself. */
  async function openCanary(site: Site, own: string): Promise<void> {
    const { canary } = site.loaded?.pack ?? {};
    if (!canary || isCanaryDrawn) return;
    isCanaryDrawn = true;
    const code = await import('@inkling/core/experiments');
    await code.openCanary(canary, own, (path) => site.open({ url: new URL(path, url) }));
  }

  function contribute(hear?: (contribution: Contribution) => void): void {
    const { loaded } = reading();
    if (loaded) contributions.tell(loaded.pack, hear);
  }

  const stopTabs = hearTabs(() => consent.get());

  return {
    get profile() {
      return kept.current;
    },
    get unit() {
      return unit;
    },
    async align() {
      if (!isGranted('profile')) await Promise.all(['profile', 'pack', 'pack-files'].map(store.delete));
      else if (!kept.current) await gate.pass('profile', openProfile);
      if (!isGranted('measurement')) await Promise.all(['unit', 'totals'].map(store.delete));
      else if (!unit) await gate.pass('unit', openUnit);
      if (isGranted('research')) contributions.begin('research');
    },
    async settlePack(site) {
      if (kept.current) await keepPack(site, { ...options, url, keys, store, signal: granted });
      if (unit) await openCanary(site, unit);
    },
    enterPage(item) {
      contribute();
      if (!kept.current || !wasStored) return undefined;
      wasStored = false;
      const { unused } = kept.current;
      update(beginDocument(pageOf(item), reading()));
      if (isNewPage()) searches.look();
      whenVisited(() => turnPage(item));
      return withoutSignals(unused);
    },
    turnPage,
    note: (decision) => update((before) => remember(before, decision)),
    track({ terms, ...event }, decision) {
      // What a search was for is found out here alone.
      if (event.type === 'search') return searches.enter(terms ?? '', event.at);
      contribute((to) => to.track(event, decision));
      const read = reading();
      update((before) => {
        const { learner } = read;
        const next = createReducer(read)(before, event);
        // An act in a slot proves that the slot was seen.
        return learner?.learn(learner.see(next, decision, event.at), event) ?? next;
      });
    },
    expose(slate, decision) {
      const at = now();
      contribute((to) => to.expose(decision));
      const read = reading();
      update((before) => {
        const next = exposeSlate(before, slate, at, read);
        return read.learner?.see(next, decision, at) ?? next;
      });
    },
    async exportFile() {
      const { exportProfile } = await import('@inkling/core/profile-file');
      return kept.current && exportProfile(kept.current, now(), reading().halfLifeDays);
    },
    replace(next) {
      const { item, sensitive } = reading();
      update(() => forgetSensitive(next, item, sensitive));
    },
    unlearn: () => update((before) => ({ ...before, posterior: {} })),
    async forget() {
      kept.drop();
      await store.delete('profile');
    },
    erase: store.erase,
    stop() {
      stopTabs();
      contributions.stop();
      searches.stop();
      kept.stop();
      store.close?.();
    },
  };
}
