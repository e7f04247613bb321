import type { SlotSpec } from '../slate/slot.ts';

/** One arm of an experiment. */
export interface VariationSpec {
  readonly id: string;
  /** Its share of those in the experiment; the weights of an experiment sum to 1. */
  readonly weight: number;
  /** Slots that stand in for those of the same id. @default none: the control */
  readonly slots?: readonly SlotSpec[];
}

/** A part of a layer. Experiments whose ranges in one layer do not meet never share a visitor. */
export interface LayerRange {
  readonly id: string;
  /** Inclusive, 0 to 1. */
  readonly from: number;
  /** Exclusive, 0 to 1. */
  readonly to: number;
}

/** A randomized comparison of variations of the pack's slots. */
export interface ExperimentSpec {
  readonly id: string;
  /** Another salt draws every visitor anew. @default the experiment's id */
  readonly salt?: string;
  readonly variations: readonly VariationSpec[];
  /** Share of those it may have who are in it, 0 to 1. @default 1 */
  readonly coverage?: number;
  readonly layer?: LayerRange;
  /** The holdout that contains it: who is held out is in none of its experiments. */
  readonly holdout?: string;
}

/** A share of visitors kept out of every experiment that names it, so that all of them together can be measured. */
export interface HoldoutSpec {
  readonly id: string;
  /** 0 to 1. */
  readonly share: number;
  /** @default the holdout's id */
  readonly salt?: string;
}

/** A newer pack that a share of visitors gets first. */
export interface CanarySpec {
  /** Of its pack.json, relative to this one. */
  readonly path: string;
  /** 0 to 1. */
  readonly share: number;
}
