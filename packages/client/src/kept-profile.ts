import type { Gate, Profile } from '@inkling/core';
import { decodeProfile, emptyProfile, encodeProfile } from '@inkling/core/profile';
import type { DeviceStore } from './device-store.ts';

type Change = (profile: Profile) => Profile;

/** The profile in memory, and the same on the device, which other tabs change too. */
export interface KeptProfile {
  readonly current: Profile | undefined;
  /** Reads what is stored, or begins anew. @returns whether it was stored before */
  open(signal: AbortSignal): Promise<boolean>;
  /** Changes it at once here, and on the device all changes of a task by one write. Does nothing while there is none.
   * @param change must give the same for the same profile, however often it is called */
  update(change: Change): void;
  /** Forgets the copy in memory, and what was not written yet. */
  drop(): void;
  stop(): void;
}

export interface KeptProfileOptions {
  readonly store: DeviceStore;
  readonly gate: Gate;
  readonly now: () => number;
  readonly randomSeed: () => string;
  readonly report: (code: string, stage: string, cause: unknown) => void;
}

const KEY = 'profile';

export function createKeptProfile(options: KeptProfileOptions): KeptProfile {
  const { store, gate, now, randomSeed, report } = options;
  let current: Profile | undefined;
  let granted: AbortSignal;
  /** What the device has, as far as this page knows. */
  let known: unknown;
  let waiting: Change[] = [];
  let isWriting = false;

  const apply = (changes: readonly Change[], profile: Profile) =>
    changes.reduce((before, change) => change(before), profile);
  const decode = (stored: unknown) =>
    decodeProfile(stored, now()).profile ?? emptyProfile(now(), randomSeed());

  async function write(): Promise<void> {
    while (current && waiting.length > 0) await change(merge);
  }

  /** Where another tab has stored what this page did not know, what happened here goes on top of that. */
  function merge(stored: unknown): string | undefined {
    const changes = waiting;
    waiting = [];
    if (!current || changes.length === 0) return undefined;
    if (stored !== known) current = apply(changes, decode(stored));
    const text = encodeProfile(current);
    known = text;
    return text;
  }

  /** A store of the site's own may know no single step. */
  async function change(next: (stored: unknown) => unknown, signal = granted): Promise<void> {
    if (store.change) return store.change(KEY, next, signal);
    const value = next(await store.get(KEY));
    if (value !== undefined) await store.set(KEY, value, signal);
  }

  /** A page that was hidden, kept or rendered ahead may have missed something. */
  const look = () => {
    if (!current || isWriting || document.visibilityState === 'hidden') return;
    void change((stored) => {
      if (current && typeof stored === 'string' && stored !== known) {
        current = apply(waiting, decode(stored));
        known = stored;
      }
      return undefined;
    });
  };
  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', look);

  return {
    get current() {
      return current;
    },
    async open(signal) {
      granted = signal;
      let opened: Profile | undefined;
      let wasStored = false;
      await change((stored) => {
        const { profile, diagnostics } = decodeProfile(stored, now());
        for (const { code, stage, message } of diagnostics) report(code, stage, message);
        wasStored = !!profile;
        opened = profile ?? emptyProfile(now(), randomSeed());
        known = profile ? stored : encodeProfile(opened);
        return profile ? undefined : known;
      });
      if (!signal.aborted) current = opened;
      return wasStored;
    },
    update(next) {
      if (!current) return;
      current = next(current);
      waiting.push(next);
      if (isWriting) return;
      isWriting = true;
      Promise.resolve()
        .then(() => gate.pass(KEY, write))
        .catch((cause) => report('store_failed', 'profile', cause))
        .finally(() => {
          isWriting = false;
        });
    },
    drop() {
      current = undefined;
      waiting = [];
    },
    stop() {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('pageshow', look);
    },
  };
}
