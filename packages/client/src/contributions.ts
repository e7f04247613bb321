import type { ConsentSource, Decision, EgressShape, Gate, InklingEvent, Pack } from '@inkling/core';
import { abortOnWithdrawal } from './abort-on-withdrawal.ts';
import type { DeviceStore } from './device-store.ts';

/** What becomes of what a visitor sees and does besides the profile. */
export interface Contribution {
  expose(decision: Decision | undefined): void;
  /** @param decision of the slot that the event names */
  track(event: InklingEvent, decision: Decision | undefined): void;
  /** Listens to nothing any more. */
  stop?(): void;
}

/** What one is opened with. */
export interface ContributionOptions {
  readonly pack: Pack;
  /** Where it goes. */
  readonly url: URL;
  readonly gate: Gate;
  readonly store: DeviceStore;
  /** What this visitor's arms are drawn from. */
  readonly unit: string;
  /** Of the grant. */
  readonly signal: AbortSignal;
  /** When it was opened; what was decided before does not count. Epoch ms. */
  readonly since: number;
  readonly now: () => number;
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly report: (code: string, stage: string, cause: unknown) => void;
}

interface Kind {
  /** Of the pack; without it there is none. */
  readonly shape: EgressShape['id'];
  readonly name: string;
  readonly open: (options: ContributionOptions) => Promise<Contribution>;
}

type Given = 'measurement' | 'research';

const KINDS: Readonly<Record<Given, Kind>> = {
  measurement: {
    shape: 'report',
    name: 'totals',
    open: async (options) => (await import('./totals.ts')).openTotals(options),
  },
  research: {
    shape: 'impression',
    name: 'impressions',
    open: async (options) => (await import('./impressions.ts')).openImpressions(options),
  },
};

/** What this visitor gives to others, each kind while its purpose is granted and the pack says where it goes. The code of
 * each is loaded only then. */
export interface Contributions {
  /** From now on, until the grant is taken back. */
  begin(purpose: Given, unit?: string): void;
  /** Opens what has begun, and lets each hear. */
  tell(pack: Pack, hear?: (contribution: Contribution) => void): void;
  stop(): void;
}

export function createContributions(
  options: Omit<ContributionOptions, 'pack' | 'url' | 'unit' | 'signal' | 'since'> & {
    readonly consent: ConsentSource;
  },
): Contributions {
  const { consent, now, report } = options;
  const begun = new Map<Given, (pack: Pack) => Promise<Contribution | undefined> | undefined>();
  const opened = new Set<Promise<Contribution | undefined>>();
  const end = async (one: Promise<Contribution | undefined> | undefined) => (await one)?.stop?.();

  return {
    begin(purpose, unit = '') {
      if (begun.has(purpose)) return;
      const { shape, name, open } = KINDS[purpose];
      const signal = abortOnWithdrawal(consent, purpose);
      const since = now();
      let own: Promise<Contribution | undefined> | undefined;
      begun.set(purpose, (pack) => {
        const url = pack.egress?.find(({ id }) => id === shape)?.url;
        if (!url) return undefined;
        own ??= open({ ...options, pack, url: new URL(url, location.href), unit, signal, since }).catch(
          (cause) => report(`${name}_failed`, name, cause) as undefined,
        );
        opened.add(own);
        return own;
      });
      signal.addEventListener('abort', () => {
        begun.delete(purpose);
        void end(own);
      });
    },
    tell(pack, hear = () => {}) {
      for (const open of begun.values()) void open(pack)?.then((each) => each && hear(each));
    },
    stop() {
      begun.clear();
      for (const each of opened) void end(each);
    },
  };
}
