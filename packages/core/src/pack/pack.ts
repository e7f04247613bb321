import type { AdaptSpec } from '../adapt/adapt-spec.ts';
import type { SignalPath } from '../context/context.ts';
import type { AnyFeatureSpec } from '../encode/feature-spec-1.ts';
import type { CanarySpec, ExperimentSpec, HoldoutSpec } from '../experiment/experiment-spec.ts';
import type { SlotSpec } from '../slate/slot.ts';
import type { EgressShape } from './egress-shape.ts';
import type { RegimeRow } from './regime-row.ts';
import type { SharedSpec } from './shared-spec.ts';

export type AssetRole = 'model' | 'catalog' | 'neighbours';

/** A file of the pack. */
export interface PackAsset {
  readonly role: AssetRole;
  /** Relative to pack.json; carries a part of the hash. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** The bytes in base64, where they are small. */
  readonly inline?: string;
}

/** What the ranker learnt from, and how well it did. */
export interface ModelCard {
  readonly summary: string;
  readonly data: string;
  readonly intendedUse?: string;
  readonly limits?: string;
  readonly metrics: Readonly<Record<string, number>>;
  /** How the ranker stands to the gates of `inkling pack`: it `passed` all; it is `unevaluated`, made from rules alone; or it
   * was `refused` and ships by an accepted risk. @default not said */
  readonly evaluation?: 'passed' | 'unevaluated' | 'refused';
  readonly acceptedRisk?: {
    /** In the words of whoever accepts it. */
    readonly why: string;
    /** What the gates refused. */
    readonly failures: readonly string[];
  };
}

/** The bundle a site ships. */
export interface Pack {
  readonly format: 1;
  readonly id: string;
  /** Grows with every release. */
  readonly version: number;
  /** The lowest version that may still be used once this pack has been accepted; raising it revokes what is older. */
  readonly floor: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; later than this the pack is refused. */
  readonly expiresAt: string;
  readonly assets: readonly PackAsset[];
  readonly spec: AnyFeatureSpec;
  /** First 16 hex digits of the sha256 of the spec's RFC 8785 JSON; the model's metadata carries the same. */
  readonly fingerprint: string;
  readonly slots: readonly SlotSpec[];
  /** The kill switch: every page stays as it was authored, at once, for everybody who gets this pack. @default it is on */
  readonly off?: true;
  /** Tags that say something a visitor may want nobody to know: items that have one leave no trace in the profile. */
  readonly sensitive?: readonly string[];
  /** The signal popularity depends on: an item's attribute `popularity:rain` counts in the rain in place of
   * `popularity`. */
  readonly popularityBy?: SignalPath;
  readonly experiment: {
    /** Share of visitors who get the baseline, 0 to 1. */
    readonly holdout: number;
  };
  readonly experiments?: readonly ExperimentSpec[];
  readonly holdouts?: readonly HoldoutSpec[];
  readonly canary?: CanarySpec;
  readonly adapt?: AdaptSpec;
  /** What leaves the browser, shape by shape. @default nothing does */
  readonly egress?: readonly EgressShape[];
  /** Which rule of consent holds where, in the place of the table of `@inkling/consent`. */
  readonly regimes?: readonly RegimeRow[];
  /** By what the pages differ that the edge keeps for many visitors. @default it keeps none */
  readonly shared?: SharedSpec;
  readonly modelCard: ModelCard;
}
