import { reportOf } from './collector-load.ts';
import type { Collecting } from './start-collector.ts';

/** What must not be taken, each kind from an address of its own. */
const KINDS = ['1 MB', 'malformed', 'cross-origin', 'replayed'] as const;

type FloodKind = (typeof KINDS)[number];

export interface Flood {
  /** Sends the next of the four kinds. @param now epoch ms */
  send(now: number): Promise<void>;
  /** By kind how often each status came. */
  readonly statuses: ReadonlyMap<FloodKind, ReadonlyMap<number, number>>;
}

const BIG = Buffer.alloc(1_000_000, ' ');

/** What is replayed is the first report of the load. */
export function createFlood(collecting: Collecting): Flood {
  const statuses = new Map<FloodKind, Map<number, number>>(KINDS.map((kind) => [kind, new Map()]));
  const replayed = JSON.stringify(reportOf(0));
  const bodies: Readonly<Record<FloodKind, string | Buffer>> = {
    '1 MB': BIG,
    malformed: replayed.slice(0, -1),
    'cross-origin': replayed,
    replayed,
  };
  let turn = 0;
  return {
    statuses,
    async send(now) {
      const kind = KINDS[turn++ % KINDS.length] as FloodKind;
      const status = await collecting.postAlone(bodies[kind], {
        'test-now': String(now),
        'test-address': `flood ${kind}`,
        ...(kind === 'cross-origin' && { origin: 'https://elsewhere.example' }),
      });
      const seen = statuses.get(kind);
      seen?.set(status, (seen.get(status) ?? 0) + 1);
    },
  };
}
