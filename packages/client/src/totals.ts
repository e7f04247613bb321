import type { Decision, Pack, Slate } from '@inkling/core';
import {
  addExposure,
  addReward,
  type CellKey,
  creditOf,
  momentOf,
  rewardOf,
  type TotalsCell,
} from '@inkling/core/totals';
import { batchOf } from './batch-of.ts';
import type { Contribution, ContributionOptions } from './contribution.ts';
import { postShape } from './post-shape.ts';

/** What is kept of a day in UTC, counted from 1970. */
interface DayTotals {
  readonly day: number;
  readonly cells: readonly TotalsCell[];
}

/** A slate of this page that was counted. */
interface Counted {
  readonly slate: Slate;
  readonly at: number;
  readonly credited: ReadonlySet<never>;
  readonly key: CellKey;
}

const DAY_MS = 86_400_000;
/** Days after its own for which a batch is tried: the collector knows it again for as long. */
const TRIED_DAYS = 2;

/** Counts on this device what was seen and what followed, and sends each day's counts once it is over. */
export async function openTotals(options: ContributionOptions): Promise<Contribution> {
  const { pack, url, unit, since, gate, store, signal, now, report } = options;
  const variationOf = await variations(pack, unit);
  /** At most two: the one that is over and not sent yet, and today. */
  let days = rolled(readDays(await store.get('totals')), dayOf(now()));
  const seen: Counted[] = [];
  const rewarded = new Set<Counted>();

  const keep = (next: readonly DayTotals[]) => {
    days = next;
    return gate.pass('totals', () => store.set('totals', days, signal));
  };

  /** Today's counts, changed. */
  function change(how: (cells: readonly TotalsCell[]) => readonly TotalsCell[]): boolean {
    const next = rolled(days, dayOf(now()));
    const isNewDay = next.at(-1)?.day !== days.at(-1)?.day;
    const cells = next.at(-1)?.cells ?? [];
    const changed = how(cells);
    if (changed === cells || signal.aborted) return false;
    void keep([...next.slice(0, -1), { day: dayOf(now()), cells: changed }]);
    if (isNewDay) void send();
    return true;
  }

  async function send(): Promise<void> {
    const [over] = days;
    if (!over || days.length < 2 || signal.aborted) return;
    try {
      const batch = { batch: await batchOf(unit, over.day), cells: over.cells };
      const isDone = await gate.pass('report', () => postShape(url, batch, options), Object.keys(batch));
      if (isDone) await keep(days.filter(({ day }) => day !== over.day));
    } catch (cause) {
      report('totals_failed', 'totals', cause);
    }
  }

  function expose(decision: Decision | undefined, at = now()): void {
    // What the edge decided may be of an arm that was drawn for one page.
    if (!decision || decision.slate.source === 'edge' || decision.request.now < since) return;
    const { slate, request } = decision;
    if (seen.some((each) => each.slate === slate)) return;
    const { slot, arm } = slate;
    const key: CellKey = [pack.version, slot, arm, variationOf(slot), momentOf(request.context)];
    if (change((cells) => addExposure(cells, key))) seen.push({ slate, at, credited: new Set<never>(), key });
  }

  void send();
  return {
    expose: (decision) => expose(decision),
    track(event, decision) {
      if (!rewardOf(event)) return;
      // An act in a slot proves that the slot was seen.
      expose(decision, event.at);
      const counted = creditOf(event, seen);
      if (!counted || rewarded.has(counted)) return;
      rewarded.add(counted);
      change((cells) => addReward(cells, counted.key));
    },
  };
}

/** The first experiment of the pack that the visitor is in and that varies a slot, and the variation. */
async function variations(pack: Pack, unit: string): Promise<(slot: string) => string> {
  if (!pack.experiments) return () => '';
  const { assignAll } = await import('@inkling/core/experiments');
  const all = assignAll(pack, unit);
  return (slot) => {
    const place = all.findIndex(
      ({ variation }, i) =>
        variation &&
        pack.experiments?.[i]?.variations.some(({ slots }) => slots?.some(({ id }) => id === slot)),
    );
    const found = all[place];
    return found ? `${found.experiment}:${found.variation?.id}` : '';
  };
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/** Without what is too old, and with today at the end. */
function rolled(days: readonly DayTotals[], today: number): readonly DayTotals[] {
  const recent = days.filter(
    ({ day, cells }) => day === today || (cells.length > 0 && day < today && day >= today - TRIED_DAYS),
  );
  return recent.at(-1)?.day === today ? recent.slice(-2) : [...recent.slice(-1), { day: today, cells: [] }];
}

/** What an earlier version kept may have another form. */
function readDays(kept: unknown): readonly DayTotals[] {
  return Array.isArray(kept) ? kept.filter((each) => each.day > 0 && Array.isArray(each.cells)) : [];
}
