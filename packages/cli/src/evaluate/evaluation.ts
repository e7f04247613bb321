import type { ModelOutput } from '@inkling/core';
import type { VarietyName } from './beyond-accuracy.ts';
import type { Estimate } from './bootstrap.ts';
import type { Calibration } from './calibration.ts';
import type { MetricName } from './metrics.ts';

/** The orders that are always there: the ranker's, the expected random one, the displayed one, and the displayed one
 * with what the visitor touched last put first. */
type FixedCase = 'ranker' | 'random' | 'displayed' | 'last-seen';
/** Those that training data is needed for. */
type LearntCase = 'popularity' | 'item-knn';
export type CaseName = FixedCase | LearntCase;
export type BaselineName = Exclude<CaseName, 'ranker'>;

/** Means over lists with 95% intervals clustered by visitor. */
export type Figures = Readonly<Record<MetricName, Estimate>>;

/** What an order shows in its first k places, over all lists. */
export interface Variety extends Readonly<Partial<Record<VarietyName, Estimate>>> {
  /** Share of the items of all lists that are in some list's first k (Ge, Delgado-Battenfeld and Jannach, RecSys
   * 2010). */
  readonly coverage: number;
  /** Of how often each of them is. */
  readonly gini: number;
}

export interface CaseResult extends Figures {
  /** Absent for the expected random order, which is no order. */
  readonly variety?: Variety;
}

/** The ranker's mean less that of a baseline, list by list. */
export interface Lift {
  readonly difference: Estimate;
  /** The difference over the baseline's mean; absent where that is 0. */
  readonly relative?: Estimate;
  /** Two-sided, by flipping the signs of whole visitors. */
  readonly p: number;
}

/** MRR of one group's lists less MRR of all other lists, both of the ranker. */
export interface GroupGap {
  readonly difference: Estimate;
  /** The difference over the others' MRR; absent where that is 0. */
  readonly relative?: Estimate;
  /** Standard error of `relative`, or of `difference` where that is absent. */
  readonly error: number;
  /** Two-sided, by the normal distribution of the difference over its standard error. */
  readonly p: number;
  /** After Holm's correction over the groups of all columns that have at least `minGroupLists` lists; absent where this
   * one has fewer. */
  readonly adjusted?: number;
}

export interface GroupResult {
  readonly value: string;
  readonly lists: number;
  readonly visitors: number;
  readonly cases: { readonly ranker: Figures; readonly popularity?: Figures };
  /** Absent where there are no other lists. */
  readonly gap?: GroupGap;
}

export interface GroupColumn {
  /** A signal such as `device.form`, `item:group` or `attribute:brand`; the last two are those of the chosen item. */
  readonly column: string;
  /** By how many lists they have, most first. */
  readonly groups: readonly GroupResult[];
}

/** What `inkling evaluate --json` prints and `inkling pack --evaluation` reads. Parts are added, none renamed. */
export interface Evaluation {
  readonly format: 1;
  /** What was measured; absent where the caller did not say. */
  readonly model?: {
    /** Of the ONNX file, lower-case hex. */
    readonly sha256: string;
    /** Fingerprint of the feature spec. */
    readonly spec: string;
    readonly output: ModelOutput;
  };
  /** Why nothing was measured; then there are no lists, cases, lifts or groups. */
  readonly refused?: string;
  /** Lists with a choice: the others say nothing about order. */
  readonly lists: number;
  readonly visitors: number;
  /** When the first and the last of them were shown, ISO 8601; absent where there are none. */
  readonly period?: { readonly from: string; readonly to: string };
  /** Lists that stand in the training log as well: 0 for an honest test. Absent where no training log was given. */
  readonly sharedLists?: number;
  /** The k of NDCG, HR and variety. */
  readonly k: number;
  readonly cases: Readonly<Record<FixedCase, CaseResult>> & Readonly<Partial<Record<LearntCase, CaseResult>>>;
  /** The ranker's lift over each baseline that is among the cases. */
  readonly lifts: Readonly<Partial<Record<BaselineName, Readonly<Record<MetricName, Lift>>>>>;
  /** Over every shown item, in lists without a choice too. Absent where the caller did not say what scores mean. */
  readonly calibration?: Calibration;
  readonly minGroupLists: number;
  readonly groups: readonly GroupColumn[];
}
