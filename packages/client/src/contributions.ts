import type { ConsentSource, EgressShape, Pack } from '@inkling/core';
import { abortOnWithdrawal } from './abort-on-withdrawal.ts';
import type { Contribution, ContributionOptions } from './contribution.ts';

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
