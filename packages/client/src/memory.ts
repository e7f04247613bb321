import type { ConsentSource, Gate, Purpose } from '@inkling/core';
import { DATABASE, deleteDatabase } from './delete-database.ts';
import type { DeviceStore } from './device-store.ts';
import type { InklingOptions } from './options.ts';
import type { Reading, Remembered } from './remembered.ts';

/** Purposes for which something goes beyond the page: kept on the device, or given away. */
const KEPT = ['profile', 'measurement', 'research'] as const;

/** What is remembered between pages: the profile under the purpose `profile`, what arms are drawn
 * from and what is counted under `measurement`. */
export interface Memory {
  /** Undefined until something may be remembered. */
  readonly kept: Remembered | undefined;
  /** Brings memory and device in line with consent: opens what is granted, erases what is not. Resolves when what is
   * granted can be read; erasing goes on behind, because no page waits for it. */
  settle(): Promise<void> | undefined;
  /** What the holdout and the experiments draw this visitor's arms from: random text, kept while `measurement` is
   * granted, else of this page alone. It never leaves the device. */
  unit(): string;
  /** Forgets the profile and begins an empty one. */
  eraseProfile(): Promise<void>;
}

export interface MemoryOptions extends Pick<InklingOptions, 'pack' | 'publicKeys' | 'fetch'> {
  readonly consent: ConsentSource;
  readonly gate: Gate;
  /** @default IndexedDB, or memory where it fails */
  readonly store?: DeviceStore | undefined;
  readonly now: () => number;
  /** Fresh randomness as text. */
  readonly randomSeed: () => string;
  readonly report: (code: string, stage: string, cause: unknown) => void;
  /** The profile is no longer granted: whoever has a copy drops it. */
  readonly onWithdrawn: () => void;
  readonly reading: () => Reading;
}

export function createMemory(options: MemoryOptions): Memory {
  const { consent, randomSeed, report } = options;
  const pageSeed = randomSeed();
  let kept: Remembered | undefined;
  /** What may be on the device; at first nobody knows. */
  let held: readonly Purpose[] | undefined;
  let work: Promise<void> = Promise.resolve();
  const isGranted = (purpose: Purpose) => consent.get().purposes[purpose] === 'granted';

  async function align(): Promise<void> {
    const before = held;
    held = KEPT.filter(isGranted);
    try {
      if (held.length > 0) {
        kept ??= (await import('./remembered.ts')).createRemembered({ ...options, isGranted });
        await kept.align();
      } else if (before?.length !== 0) await erase();
    } catch (cause) {
      report('profile_failed', 'profile', cause);
      // What tells the two apart is not there, so that what is granted goes with what was withdrawn.
      if (before?.some((purpose) => !isGranted(purpose))) await erase();
    }
  }

  /** Needs no other code, and nobody waits for the deletion: the browser does it before the database is opened again. */
  async function erase(): Promise<void> {
    const store = kept ?? options.store;
    if (store) return store.erase();
    void deleteDatabase(DATABASE).catch((cause) => report('store_failed', 'profile', cause));
  }

  return {
    get kept() {
      return kept;
    },
    settle() {
      work = work.then(align);
      return KEPT.some(isGranted) ? work : undefined;
    },
    unit: () => kept?.unit ?? pageSeed,
    eraseProfile() {
      work = work.then(() => (kept ? kept.forget() : erase())).then(align);
      return work;
    },
  };
}
