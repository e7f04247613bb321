import type { ConsentSource, Profile } from '@inkling/core';
import type { DeviceStore } from './device-store.ts';

/** What is needed to write a profile; loaded once there may be one. */
type ProfileKit = typeof import('@inkling/core/profile');

type ProfileChange = (profile: Profile, kit: ProfileKit) => Profile;

/** What is remembered between pages: the profile under the purpose `profile`, what arms are drawn
 * from under `measurement`. */
export interface Memory {
  /** Undefined while remembering is not granted. */
  readonly profile: Profile | undefined;
  /** Brings memory and device in line with consent: opens what is granted, erases what is not. Resolves when what is
   * granted can be read; erasing goes on behind, because no page waits for it. */
  settle(): Promise<void>;
  /** Replaces the profile and stores it. Does nothing while there is none. */
  update(change: ProfileChange): void;
  /** Updates once a profile that was stored before, and not one that began on this page. */
  updateStored(change: ProfileChange): void;
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
  readonly report: (code: string, stage: string, cause: unknown) => void;
}

export function createMemory(options: MemoryOptions): Memory {
  const { consent, store, now, randomSeed } = options;
  const pageSeed = randomSeed();
  let profile: Profile | undefined;
  let kit: ProfileKit | undefined;
  let wasStored = false;
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

  /** The profile stays unknown where its code cannot be loaded. */
  async function open(): Promise<void> {
    try {
      const [loaded, stored] = await Promise.all([import('@inkling/core/profile'), store.get('profile')]);
      const decoded = loaded.decodeProfile(stored, now());
      for (const { code, stage, message } of decoded.diagnostics) options.report(code, stage, message);
      // The grant may have gone meanwhile.
      if (!granted('profile')) return;
      kit = loaded;
      wasStored = !!decoded.profile;
      profile = decoded.profile ?? loaded.emptyProfile(now(), randomSeed());
      await persist(profile, loaded);
    } catch (cause) {
      options.report('profile_failed', 'profile', cause);
    }
  }

  function persist(value: Profile, { encodeProfile }: ProfileKit): Promise<void> {
    return store.set('profile', encodeProfile(value));
  }

  function update(change: ProfileChange): void {
    if (!profile || !kit) return;
    profile = change(profile, kit);
    void persist(profile, kit);
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
    update,
    updateStored(change) {
      if (wasStored) update(change);
      wasStored = false;
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
