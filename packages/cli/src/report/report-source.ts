import type { Evaluation } from '../evaluate/evaluation.ts';
import type { CardText } from '../pack/card-text.ts';
import type { ListCoverage } from './coverage.ts';
import type { GroupImportance } from './importance.ts';
import type { ModelCost } from './model-cost.ts';

/** A file that the figures come from. */
interface Provenance {
  readonly what: string;
  readonly file: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface ReportSource {
  readonly title: string;
  readonly createdAt: Date;
  readonly evaluation: Evaluation;
  readonly card: CardText | undefined;
  readonly importance: readonly GroupImportance[];
  readonly coverage: readonly ListCoverage[];
  readonly cost: ModelCost;
  /** Every feature with what a visitor reads of it. */
  readonly features: readonly { readonly name: string; readonly sentence: string }[];
  /** What the trainer wrote into the model, in its own words. */
  readonly training: Readonly<Record<string, unknown>>;
  readonly provenance: readonly Provenance[];
}
