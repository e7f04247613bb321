import { beginPage, type ConsentSource, emptyProfile, type Profile, reviveProfile } from '@inkling/core';
import type { DeviceStore } from './device-store.ts';

/** What is remembered between pages: the profile under the purpose `profile`, what arms are drawn
 * from under `measurement`. */
export interface Memory {
  /** Undefined while remembering is not granted. */
  readonly profile: Profile | undefined;
  /** Brings memory and device in line with consent: opens what is granted, erases what is not. Resolves when what is
   * granted can be read; erasing goes on behind, because no page waits for it. */
  settle(): Promise<void>;
  /** Replaces the profile and stores it. Does nothing while there is none. */
  update(change: (profile: Profile) => Profile): void;
  /** What the holdout and the experiments draw this visitor's arms from: random text, kept while `measurement` is
   * granted, else of this page alone. It never leaves the device. */
  unit(): string;
  /** Forgets the profile and begins an empty one. */
  eraseProfile(): Promise<void>;
}

export interface MemoryOptions {
  readonly consent: ConsentSource;
  readonly store: DeviceStore;
  readonly now: () => number;
  /** Fresh randomness as text. */
  readonly randomSeed: () => string;
}

export function createMemory({ consent, store, now, randomSeed }: MemoryOptions): Memory {
  const pageSeed = randomSeed();
  let profile: Profile | undefined;
  let unit: string | undefined;
  /** Whether there may be something of ours on the device; at first nobody knows. */
  let mayHold = true;
  let work: Promise<void> = Promise.resolve();
  const granted = (purpose: 'profile' | 'measurement') => consent.get().purposes[purpose] === 'granted';

  async function align(): Promise<void> {
    if (!granted('profile') && !granted('measurement')) {
      if (mayHold) await store.erase();
      mayHold = false;
      return;
    }
    mayHold = true;
    if (!granted('profile')) await store.delete('profile');
    else if (!profile) await open();
    if (!granted('measurement')) await store.delete('unit');
    else if (!unit) {
      const kept = await store.get('unit');
      if (typeof kept === 'string') unit = kept;
    }
  }

  async function open(): Promise<void> {
    const stored = reviveProfile(await store.get('profile'), now());
    // The grant may have gone while the device was being read.
    if (!granted('profile')) return;
    profile = stored ? beginPage(stored, now(), randomSeed()) : emptyProfile(now(), randomSeed());
    await store.set('profile', profile);
  }

  return {
    get profile() {
      return profile;
    },
    settle() {
      if (!granted('profile')) profile = undefined;
      if (!granted('measurement')) unit = undefined;
      work = work.then(align);
      return granted('profile') || granted('measurement') ? work : Promise.resolve();
    },
    update(change) {
      if (!profile) return;
      profile = change(profile);
      void store.set('profile', profile);
    },
    unit() {
      if (!granted('measurement')) return pageSeed;
      if (!unit) {
        unit = randomSeed();
        void store.set('unit', unit);
      }
      return unit;
    },
    eraseProfile() {
      profile = undefined;
      work = work.then(() => store.delete('profile')).then(align);
      return work;
    },
  };
}
