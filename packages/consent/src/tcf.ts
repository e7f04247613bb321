import { type ConsentSource, type ConsentState, type Grant, PURPOSES, type Purpose } from '@inkling/core';

/** What is used of the object that a TCF consent manager hands out. */
export interface TcData {
  readonly eventStatus?: 'tcloaded' | 'cmpuishown' | 'useractioncomplete';
  readonly listenerId?: number;
  /** Undefined while the manager does not know yet. */
  readonly gdprApplies?: boolean;
  readonly purpose?: { readonly consents?: TcConsents };
  readonly vendor?: { readonly consents?: TcConsents; readonly disclosedVendors?: TcConsents };
}

type TcConsents = Readonly<Record<number, boolean | undefined>>;

/** `window.__tcfapi`, version 2. */
export type TcfApi = (
  command: 'addEventListener' | 'removeEventListener',
  version: 2,
  callback: (data: TcData | null, success: boolean) => void,
  parameter?: number,
) => void;

export interface TcfOptions {
  /** `window.__tcfapi`, or what `findTcfApi` finds from inside a frame; undefined where there is none, which means no. */
  readonly api: TcfApi | undefined;
  /** The site's own identifier on the Global Vendor List: then consent to that vendor is needed too, and, from TCF 2.3
   * on, its disclosure. @default only the purposes count */
  readonly vendor?: number;
  /** Which TCF purposes it takes for each of ours: all of them. A purpose without any is refused.
   * @default `TCF_PURPOSES` */
  readonly purposes?: Partial<Record<Purpose, readonly number[]>>;
  /** How long the manager may be silent, in ms. @default 1000 */
  readonly timeoutMs?: number;
  /** Calls back once after some ms; returns what stops it. @default setTimeout */
  readonly after?: (ms: number, fn: () => void) => () => void;
}

/** `context` needs 11 (limited data to select content); `profile` 1 (store), 5 and 6 (a profile for content, and its use);
 * `measurement` 1, 8 and 9 (content performance, statistics). `research` is not taken from a manager that never asked
 * for it. */
export const TCF_PURPOSES: Partial<Record<Purpose, readonly number[]>> = {
  context: [11],
  profile: [1, 5, 6],
  measurement: [1, 8, 9],
};

export interface TcfSource extends ConsentSource {
  readonly cause: 'tcf' | undefined;
  /** Takes the listener back, and drops all subscribers. */
  destroy(): void;
}

/**
 * Reads consent from an IAB TCF manager, and writes nothing. Everything is unset while the manager is asking, or where
 * it says that the GDPR does not apply. No manager, one that fails, or one that says nothing usable within the time
 * means no; what it says later counts again. Legitimate interest never counts as consent.
 */
export function createTcfSource(options: TcfOptions): TcfSource {
  const { api, vendor, purposes: map = TCF_PURPOSES, timeoutMs = 1000, after = afterTimeout } = options;
  const subscribers = new Set<(state: ConsentState) => void>();
  let listener: number | undefined;
  let isStopped = false;
  let cause: 'tcf' | undefined;
  let state = stateOf(() => 'unset');

  function set(grantOf: (purpose: Purpose) => Grant): void {
    const next = stateOf(grantOf);
    cause = 'tcf';
    if (PURPOSES.every((purpose) => next.purposes[purpose] === state.purposes[purpose])) return;
    state = next;
    for (const fn of [...subscribers]) {
      try {
        fn(state);
      } catch {
        // One that throws must not starve the others, nor reach the manager.
      }
    }
  }

  const refuseAll = (): void => set(() => 'refused');

  function hear(data: TcData | null, success: boolean): void {
    listener = data?.listenerId ?? listener;
    if (isStopped) stop();
    else if (!success || !data) refuseAll();
    else read(data);
  }

  function read({ eventStatus, gdprApplies, purpose: { consents } = {}, vendor: vendors }: TcData): void {
    if (eventStatus === 'cmpuishown') stopTimer();
    if (gdprApplies === undefined || (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete'))
      return;
    stopTimer();
    const has = (list: TcConsents | undefined, id: number): boolean => list?.[id] === true;
    const isVendorGranted =
      vendor === undefined ||
      (has(vendors?.consents, vendor) &&
        (!vendors?.disclosedVendors || has(vendors.disclosedVendors, vendor)));
    set((purpose) => {
      if (!gdprApplies) return 'unset';
      const needed = map[purpose] ?? [];
      const isGranted = needed.length > 0 && needed.every((id) => has(consents, id));
      return isGranted && isVendorGranted ? 'granted' : 'refused';
    });
  }

  function stop(): void {
    isStopped = true;
    stopTimer();
    if (listener !== undefined) api?.('removeEventListener', 2, () => {}, listener);
  }

  const stopTimer = after(timeoutMs, refuseAll);
  try {
    if (api) api('addEventListener', 2, hear);
    else refuseAll();
  } catch {
    refuseAll();
  }

  return {
    get: () => state,
    get cause() {
      return cause;
    },
    subscribe(fn) {
      subscribers.add(fn);
      return () => subscribers.delete(fn);
    },
    destroy() {
      subscribers.clear();
      stop();
    },
  };
}

function stateOf(grantOf: (purpose: Purpose) => Grant): ConsentState {
  const grants = PURPOSES.map((purpose) => [purpose, purpose === 'necessary' ? 'granted' : grantOf(purpose)]);
  // Every purpose is among them.
  const purposes = Object.fromEntries(grants) as ConsentState['purposes'];
  return Object.freeze({ regime: 'opt-in', purposes: Object.freeze(purposes) });
}

function afterTimeout(ms: number, fn: () => void): () => void {
  const timer = setTimeout(fn, ms);
  return () => clearTimeout(timer);
}
