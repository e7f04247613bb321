import type { ConsentSource, Profile, Purpose } from '@inkling/core';
import { DATABASE, type DeviceStore } from './device-store.ts';

/** What is needed to remember; loaded once that is allowed. */
type RememberKit = typeof import('./remember.ts');

type ProfileChange = (profile: Profile, kit: RememberKit) => Profile;

/** Everything else is only remembered for the page. */
const KEPT = ['profile', 'measurement'] as const;

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
  /** @default IndexedDB, or memory where it fails */
  readonly store: DeviceStore | undefined;
  readonly now: () => number;
  /** Fresh randomness as text. */
  readonly randomSeed: () => string;
  readonly report: (code: string, stage: string, cause: unknown) => void;
}

export function createMemory(options: MemoryOptions): Memory {
  const { consent, now, randomSeed, report } = options;
  const pageSeed = randomSeed();
  let { store } = options;
  let profile: Profile | undefined;
  let kit: RememberKit | undefined;
  let wasStored = false;
  let unit: string | undefined;
  /** What may be on the device; at first nobody knows. */
  let held: readonly Purpose[] | undefined;
  let work: Promise<void> = Promise.resolve();
  const granted = (purpose: Purpose) => consent.get().purposes[purpose] === 'granted';
  const isAnyGranted = () => KEPT.some(granted);
  const onFailure = (cause: unknown) => report('store_failed', 'profile', cause);

  async function align(): Promise<void> {
    const before = held;
    held = KEPT.filter(granted);
    if (!isAnyGranted()) {
      if (before?.length !== 0) await erase();
      return;
    }
    try {
      kit ??= await import('./remember.ts');
      store ??= kit.createDeviceStore(onFailure);
      await open(kit, store);
    } catch (cause) {
      report('profile_failed', 'profile', cause);
      // What tells the two apart is not there, so that what is granted goes with what was withdrawn.
      if (before?.some((purpose) => !granted(purpose))) await erase();
    }
  }

  /** Needs no other code, and nobody waits for the deletion: the browser does it before the database is opened again. */
  async function erase(): Promise<void> {
    if (store) return store.erase();
    try {
      indexedDB.deleteDatabase(DATABASE).onerror = onFailure;
    } catch (cause) {
      onFailure(cause);
    }
  }

  /** Reads what is granted, and deletes what is not. */
  async function open(kit: RememberKit, store: DeviceStore): Promise<void> {
    if (!granted('profile')) await store.delete('profile');
    else if (!profile) {
      const decoded = kit.decodeProfile(await store.get('profile'), now());
      for (const { code, stage, message } of decoded.diagnostics) report(code, stage, message);
      // The grant may have gone meanwhile.
      if (granted('profile')) {
        wasStored = !!decoded.profile;
        profile = decoded.profile ?? kit.emptyProfile(now(), randomSeed());
        await persist();
      }
    }
    if (!granted('measurement')) await store.delete('unit');
    else if (!unit) {
      const kept = await store.get('unit');
      if (typeof kept === 'string') unit = kept;
    }
  }

  async function persist(): Promise<void> {
    if (profile && kit) await store?.set('profile', kit.encodeProfile(profile));
  }

  function update(change: ProfileChange): void {
    if (!profile || !kit) return;
    profile = change(profile, kit);
    void persist();
  }

  return {
    get profile() {
      return profile;
    },
    settle() {
      if (!granted('profile')) profile = undefined;
      if (!granted('measurement')) unit = undefined;
      work = work.then(align);
      return isAnyGranted() ? work : Promise.resolve();
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
        void store?.set('unit', unit);
      }
      return unit;
    },
    eraseProfile() {
      profile = undefined;
      work = work.then(() => (store ? store.delete('profile') : erase())).then(align);
      return work;
    },
  };
}
