import {
  type Adapter,
  type Arm,
  type Candidate,
  type Context,
  type Decision,
  fillsOf,
  type Item,
  type Profile,
  type Slate,
  type SlotSpec,
} from '@inkling/core';
import type { LoadedPack } from './load-pack.ts';

/** @typeParam Own items as the site knows them */
export interface RankOptions<Own extends Item = Item> {
  /** The authored items, in authored order; the pack's catalog adds what it knows of them. @default the catalog */
  readonly items?: readonly Own[];
  /** How many places. @default what the pack says of the slot */
  readonly k?: number | undefined;
  /** Whether the place has been seen already and must stay as it is; undefined where it may change by the visitor's own
   * act. It is asked again while a decision takes long. @default it may change, unless the pack is not there by the deadline */
  readonly late?: (() => boolean | undefined) | undefined;
  /** Gives what was decided elsewhere and stands on the page already, so that it is never late. @default it is decided
   * here */
  readonly decide?: SlotDecider | undefined;
}

/** Decides a slot of the pack, at once or in steps; undefined where it came too late. May throw, or reject. */
export type SlotDecider = (
  spec: SlotSpec,
  rank: RankOptions,
  situation: Situation,
  /** As it would be decided here. */
  decideHere: typeof decideSlot,
) => Decision | Promise<Decision | undefined>;

/** What holds for the page at this moment. */
export interface Situation {
  /** Whether nobody needs the decision any more. */
  readonly isLate: () => boolean | undefined;
  readonly loaded: LoadedPack;
  readonly adapter: Adapter | undefined;
  readonly context: Context;
  readonly profile: Profile | undefined;
  readonly arm: Arm;
  readonly shown: ReadonlySet<string>;
  readonly seed: string;
  readonly now: number;
}

/** Gathers a slot's candidates and decides it. */
export function decideSlot(
  spec: SlotSpec,
  { items, k }: RankOptions,
  situation: Situation,
): ReturnType<SlotDecider> {
  const { loaded, isLate, ...moment } = situation;
  const given = items ?? loaded.catalog;
  const candidates: readonly Candidate[] =
    spec.kind === 'list' && loaded.candidatesFor
      ? loaded.candidatesFor({ ...moment, slot: spec.id, cadence: spec.cadence })
      : given.map((item) => ({ item: { ...loaded.items.get(item.id), ...item }, source: 'authored' }));
  const request = {
    ...moment,
    ...loaded.means,
    slot: k === undefined ? spec : { ...spec, k },
    candidates,
    neighbours: loaded.neighboursOf?.(candidates, moment.profile),
    authored: given.map(({ id }) => id),
  };
  return loaded.decide(request, isLate);
}

/** The page as its author made it. */
export function authoredSlate(slot: string, { items = [], k = items.length }: RankOptions): Slate {
  return {
    decisionId: `authored-${slot}`,
    slot,
    source: 'authored',
    arm: 'personalized',
    items: fillsOf(
      items.map(({ id }) => id),
      0,
      k,
    ),
    propensity: 1,
  };
}
