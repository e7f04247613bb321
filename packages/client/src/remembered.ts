import type {
  ConsentSource,
  ContextPatch,
  Decision,
  Gate,
  InklingEvent,
  Pack,
  Profile,
  Purpose,
  ReducerOptions,
  Slate,
} from '@inkling/core';
import type { Learner } from '@inkling/core/adapt';
import {
  createReducer,
  decodeProfile,
  emptyProfile,
  encodeProfile,
  enterPage,
  exposeSlate,
  forgetSensitive,
  remember,
  withoutSignals,
} from '@inkling/core/profile';
import { abortOnWithdrawal } from './abort-on-withdrawal.ts';
import { beginDocument } from './begin-document.ts';
import { createDeviceStore, type DeviceStore } from './device-store.ts';
import { hearTabs } from './hear-tabs.ts';
import type { Totals } from './totals.ts';

/** What a page has besides the profile when something enters it. */
export interface Reading extends ReducerOptions {
  readonly loaded?: { readonly pack: Pack } | undefined;
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
  /** Enters the page, once, into a profile that was stored before. @returns what the visitor switched off */
  enterPage(item: string | undefined, reading: Reading): ContextPatch | undefined;
  /** Enters another page of the same document. */
  turnPage(item: string | undefined, reading: Reading): void;
  note(decision: Decision): void;
  track(event: InklingEvent, decision: Decision | undefined, reading: Reading): void;
  expose(slate: Slate, decision: Decision | undefined, reading: Reading): void;
  /** Puts another profile in its place. */
  replace(profile: Profile, reading: Reading): void;
  unlearn(): void;
  /** Forgets the profile. */
  forget(): Promise<void>;
  /** Removes everything, the database included. */
  erase(): Promise<void>;
  /** Ends without removing anything. */
  stop(): void;
}

export interface RememberedOptions {
  readonly consent: ConsentSource;
  readonly gate: Gate;
  /** @default IndexedDB, or memory where it fails */
  readonly store?: DeviceStore | undefined;
  readonly isGranted: (purpose: Purpose) => boolean;
  readonly now: () => number;
  /** Fresh randomness as text. */
  readonly randomSeed: () => string;
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly report: (code: string, stage: string, cause: unknown) => void;
  /** The profile is no longer granted: whoever has a copy drops it. */
  readonly onWithdrawn: () => void;
}

export function createRemembered(options: RememberedOptions): Remembered {
  const { consent, gate, isGranted, now, randomSeed, report, onWithdrawn } = options;
  const { store = createDeviceStore((cause) => report('store_failed', 'profile', cause)) } = options;
  let profile: Profile | undefined;
  let wasStored = false;
  let unit: string | undefined;
  /** Given the pack, where it says where totals go. */
  let openTotals: ((pack: Pack) => Promise<Totals | undefined> | undefined) | undefined;
  /** Of the grant that the profile was opened under. */
  let granted: AbortSignal;

  const keep = (next: Profile) => {
    profile = next;
    return gate.pass('profile', () => store.set('profile', encodeProfile(next), granted));
  };
  const update = (change: (profile: Profile) => Profile) => {
    if (profile) void keep(change(profile));
  };

  const pageOf = (item: string | undefined) => ({ item, now: now(), seed: randomSeed() });
  const turnPage: Remembered['turnPage'] = (item, reading) =>
    update((before) => enterPage(before, pageOf(item), reading));

  async function openProfile(): Promise<void> {
    const signal = abortOnWithdrawal(consent, 'profile');
    const decoded = decodeProfile(await store.get('profile'), now());
    for (const { code, stage, message } of decoded.diagnostics) report(code, stage, message);
    if (signal.aborted) return;
    wasStored = !!decoded.profile;
    granted = signal;
    // The copies in memory go with the grant, at once.
    signal.addEventListener('abort', () => {
      profile = undefined;
      onWithdrawn();
    });
    await keep(decoded.profile ?? emptyProfile(now(), randomSeed()));
  }

  async function openUnit(): Promise<void> {
    const signal = abortOnWithdrawal(consent, 'measurement');
    const kept = await store.get('unit');
    if (signal.aborted) return;
    signal.addEventListener('abort', () => {
      unit = openTotals = undefined;
    });
    unit = typeof kept === 'string' ? kept : randomSeed();
    const since = now();
    const arms = unit;
    let totals: Promise<Totals | undefined> | undefined;
    openTotals = (pack) => {
      const shape = pack.egress?.find(({ id }) => id === 'report');
      if (!shape) return undefined;
      totals ??= import('./totals.ts')
        .then((chunk) =>
          chunk.openTotals({
            ...options,
            ...{ pack, store, signal, since, unit: arms, url: new URL(shape.url, location.href) },
          }),
        )
        .catch((cause) => report('totals_failed', 'totals', cause) as undefined);
      return totals;
    };
    if (unit !== kept) await gate.pass('unit', () => store.set('unit', unit, signal));
  }

  const count = ({ loaded }: Reading, fn: (totals: Totals) => void = () => {}) =>
    loaded && openTotals?.(loaded.pack)?.then((totals) => totals && fn(totals));

  const stopTabs = hearTabs(() => consent.get());

  return {
    get profile() {
      return profile;
    },
    get unit() {
      return unit;
    },
    async align() {
      if (!isGranted('profile')) await store.delete('profile');
      else if (!profile) await gate.pass('profile', openProfile);
      if (!isGranted('measurement')) await Promise.all([store.delete('unit'), store.delete('totals')]);
      else if (!unit) await gate.pass('unit', openUnit);
    },
    enterPage(item, reading) {
      void count(reading);
      if (!profile || !wasStored) return undefined;
      wasStored = false;
      const { unused } = profile;
      void keep(beginDocument(profile, pageOf(item), reading, () => turnPage(item, reading)));
      return withoutSignals(unused);
    },
    turnPage,
    note: (decision) => update((before) => remember(before, decision)),
    track(event, decision, reading) {
      void count(reading, (totals) => totals.track(event, decision));
      update((before) => {
        const { learner } = reading;
        const next = createReducer(reading)(before, event);
        // An act in a slot proves that the slot was seen.
        return learner?.learn(learner.see(next, decision, event.at), event) ?? next;
      });
    },
    expose(slate, decision, reading) {
      void count(reading, (totals) => totals.expose(decision));
      update((before) => {
        const next = exposeSlate(before, slate, now(), reading);
        return reading.learner?.see(next, decision, now()) ?? next;
      });
    },
    replace: (next, { item, sensitive }) => update(() => forgetSensitive(next, item, sensitive)),
    unlearn: () => update((before) => ({ ...before, posterior: {} })),
    async forget() {
      profile = undefined;
      await store.delete('profile');
    },
    erase: store.erase,
    stop() {
      stopTabs();
      store.close?.();
    },
  };
}
