import { type Decision, isSensitive, type Pack, type Slate } from '@inkling/core';
import { creditOf, type Impression, MOST_CANDIDATES, momentOf, rewardOf } from '@inkling/core/totals';
import type { Contribution, ContributionOptions } from './contribution.ts';
import { postShape } from './post-shape.ts';

/** A slate of this page that was seen and not sent yet. */
interface Seen {
  readonly decision: Decision;
  readonly slate: Slate;
  readonly at: number;
  readonly credited: ReadonlySet<never>;
  /** Ids of items that an act followed. */
  readonly rewarded: Set<string>;
}

/** Gives single decisions to research: each slate that was seen, and what followed on it until the page was first left. Keeps
 * nothing on the device; what does not arrive is lost. */
export async function openImpressions(options: ContributionOptions): Promise<Contribution> {
  const { pack, url, gate, since, signal, now, report } = options;
  const known = new WeakSet<Slate>();
  let open: Seen[] = [];

  function expose(decision: Decision | undefined, at = now()): void {
    if (!decision || known.has(decision.slate) || !isDrawnHere(decision) || decision.request.now < since)
      return;
    const { slate } = decision;
    known.add(slate);
    open.push({ decision, slate, at, credited: new Set<never>(), rewarded: new Set() });
  }

  function sendAll(): void {
    const seen = open;
    open = [];
    for (const each of seen) void send(impressionOf(each, pack));
  }

  async function send(impression: Impression): Promise<void> {
    const { items, candidates } = impression;
    if (items.length === 0 || candidates.length > MOST_CANDIDATES || signal.aborted) return;
    try {
      await gate.pass('impression', () => postShape(url, impression, options), Object.keys(impression));
    } catch (cause) {
      report('impressions_failed', 'impressions', cause);
    }
  }

  const leave = () => {
    if (document.visibilityState === 'hidden') sendAll();
  };
  // Of all that a browser tells on the way out, phones tell this one.
  document.addEventListener('visibilitychange', leave);
  return {
    expose: (decision) => expose(decision),
    track(event, decision) {
      if (!rewardOf(event)) return;
      // An act in a slot proves that the slot was seen.
      expose(decision, event.at);
      const { item } = event;
      if (item) creditOf(event, open)?.rewarded.add(item);
    },
    stop: () => document.removeEventListener('visibilitychange', leave),
  };
}

/** Only what was drawn anew for this page has the probabilities that it says. */
function isDrawnHere({ slate: { source, arm, items } }: Decision): boolean {
  return (
    (source === 'ranker' || source === 'popularity') &&
    arm === 'personalized' &&
    items.every(({ via }) => via !== 'stay')
  );
}

function impressionOf({ decision, slate, rewarded }: Seen, pack: Pack): Impression {
  const { request } = decision;
  const sensitive = new Set(pack.sensitive);
  const told = request.candidates.map(({ item }) => item).filter((item) => !isSensitive(item, sensitive));
  const candidates = told.map(({ id }) => id);
  const items = slate.items.filter(({ id }) => candidates.includes(id));
  return {
    version: pack.version,
    slot: slate.slot,
    moment: momentOf(request.context),
    hour: `${new Date(request.now).toISOString().slice(0, 13)}:00:00Z`,
    candidates,
    items: items.map(({ id }) => id),
    propensities: items.map(({ propensity }) => propensity),
    rewards: items.map(({ id }) => (rewarded.has(id) ? 1 : 0)),
  };
}
