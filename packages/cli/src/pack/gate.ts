import { createHash } from 'node:crypto';
import type { ModelCard } from '@inkling/core';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import type { GroupGap } from '../evaluate/evaluation.ts';
import { holm } from '../evaluate/holm.ts';
import { normalTail } from '../evaluate/normal-tail.ts';

/** How good is good enough. */
export interface GateLimits {
  /** Test lists at least. @default 1000 */
  readonly minLists?: number;
  /** What the lower 95% bound of the lift of MRR over popularity must exceed, as a share of popularity's MRR.
   * @default -0.01 */
  readonly minLift?: number;
  /** Groups with fewer lists are not judged. @default 200 */
  readonly minGroupLists?: number;
  /** How far a group's MRR may be shown to lie below that of all others, as a share of theirs. @default 0.05 */
  readonly maxShortfall?: number;
}

/** What the gates read of an evaluation. */
export interface GateEvaluation {
  readonly model?: { readonly sha256: string };
  readonly lists: number;
  readonly sharedLists?: number;
  readonly cases: Readonly<Record<string, { readonly mrr: { readonly value: number } }>>;
  readonly lifts: {
    readonly popularity?: { readonly mrr: { readonly relative?: { readonly low: number } } };
  };
  readonly groups: readonly {
    readonly column: string;
    readonly groups: readonly {
      readonly value: string;
      readonly lists: number;
      readonly gap?: Pick<GroupGap, 'error'> & { readonly relative?: { readonly value: number } };
    }[];
  }[];
}

export const gateEvaluationSchema: z.ZodType<GateEvaluation> = z.object({
  format: z.literal(1),
  model: z.object({ sha256: z.string() }).exactOptional(),
  lists: z.int().nonnegative(),
  sharedLists: z.int().nonnegative().exactOptional(),
  cases: z.record(z.string(), z.object({ mrr: z.object({ value: z.number() }) })),
  lifts: z.object({
    popularity: z
      .object({ mrr: z.object({ relative: z.object({ low: z.number() }).exactOptional() }) })
      .exactOptional(),
  }),
  groups: z.array(
    z.object({
      column: z.string(),
      groups: z.array(
        z.object({
          value: z.string(),
          lists: z.int(),
          gap: z
            .object({
              error: z.number().nonnegative(),
              relative: z.object({ value: z.number() }).exactOptional(),
            })
            .exactOptional(),
        }),
      ),
    }),
  ),
});

export const gateLimitsSchema: z.ZodType<GateLimits> = z.strictObject({
  minLists: z.int().nonnegative().exactOptional(),
  minLift: z.number().exactOptional(),
  minGroupLists: z.int().nonnegative().exactOptional(),
  maxShortfall: z.number().nonnegative().exactOptional(),
});

export interface GateInput {
  readonly model: {
    readonly file: string;
    readonly bytes: Uint8Array;
    readonly metadata: Readonly<Record<string, string>>;
  };
  /** Of test lists, by `inkling evaluate`. */
  readonly evaluation?: GateEvaluation;
  /** What `inkling train` says was chosen on its validation lists. */
  readonly chosen?: { readonly sha256: string };
  /** The pack's sensitive tags. */
  readonly sensitive: readonly string[];
  readonly limits?: GateLimits;
}

/** One-sided, as the lower end of a 95% interval is. */
const LEVEL = 0.025;

/** What the model card says of the gates.
 * @param why the reason to ship all the same what they refuse
 * @throws CliError where they refuse and no reason is given */
export function passGates(input: GateInput, why?: string): Pick<ModelCard, 'evaluation' | 'acceptedRisk'> {
  const failures = gateFailures(input);
  if (failures.length === 0) return { evaluation: isUnevaluated(input) ? 'unevaluated' : 'passed' };
  if (why !== undefined) return { evaluation: 'refused', acceptedRisk: { why, failures } };
  const expected = 'a ranker that passes every gate, or --accept-risk "why"';
  throw new CliError(input.model.file, '', expected, failures.join('; '));
}

/** Why a ranker must not ship: one line each, none where it may. A ranker of rules alone, which learnt from nobody, needs no
 * evaluation. */
export function gateFailures(input: GateInput): readonly string[] {
  const measured = isUnevaluated(input) ? [] : evaluationFailures(input);
  return [...measured, ...trainingFailures(input)];
}

/** Whether the ranker was made from rules alone and nobody has measured it. */
function isUnevaluated({ model: { metadata }, evaluation }: GateInput): boolean {
  return !evaluation && summaryOf(metadata).lists === 0 && 'inkling.rules' in metadata;
}

function evaluationFailures({ model, evaluation, chosen, limits = {} }: GateInput): readonly string[] {
  if (!evaluation) return ['no evaluation on test lists (--evaluation)'];
  const { minLists = 1000, minLift = -0.01 } = limits;
  const failures: string[] = [];
  const sha256 = createHash('sha256').update(model.bytes).digest('hex');
  if (evaluation.model?.sha256 !== sha256) failures.push('the evaluation is of another model');
  if (chosen && chosen.sha256 !== sha256) {
    failures.push('the metrics name another model as chosen on validation');
  }
  if (evaluation.lists < minLists) failures.push(`${evaluation.lists} test lists, fewer than ${minLists}`);
  if (evaluation.sharedLists) {
    failures.push(`${evaluation.sharedLists} test lists stand in the training log`);
  }
  const low = evaluation.lifts.popularity?.mrr.relative?.low;
  if (low === undefined) failures.push('no lift over popularity (inkling evaluate --popularity)');
  else if (!(low > minLift)) {
    failures.push(`the lift over popularity may be ${percent(low)}, not above ${percent(minLift)}`);
  }
  return [...failures, ...groupFailures(evaluation, limits)];
}

/** A group fails where its shortfall is shown to be too large: where even the lower bound of the shortfall, with Holm's
 * correction over all judged groups, is beyond the limit. */
function groupFailures(
  { groups }: GateEvaluation,
  { minGroupLists = 200, maxShortfall = 0.05 }: GateLimits,
): readonly string[] {
  const judged = groups.flatMap(({ column, groups: values }) =>
    values.flatMap(({ value, lists, gap }) =>
      gap?.relative && lists >= minGroupLists
        ? [{ name: `${column} ${value}`, shortfall: -gap.relative.value, error: gap.error }]
        : [],
    ),
  );
  const tails = judged.map(({ shortfall, error }) =>
    normalTail((shortfall - maxShortfall) / (error || 1e-9)),
  );
  return holm(tails).flatMap((p, index) => {
    const { name, shortfall } = judged[index] as (typeof judged)[number];
    if (p >= LEVEL) return [];
    // The tail is not known more closely.
    const doubt = p < 1e-6 ? 'p < 0.000001' : `p ${p.toPrecision(2)}`;
    return [`${name} is served ${percent(shortfall)} worse than the rest (${doubt})`];
  });
}

function trainingFailures({ model: { metadata }, sensitive }: GateInput): readonly string[] {
  const { lists, sensitive: dropped = [] } = summaryOf(metadata);
  // Rules were written, not learnt.
  if (lists === 0) return [];
  const kept = sensitive.filter((tag) => !dropped.includes(tag));
  if (kept.length === 0) return [];
  return [`sensitive tags were not left out of the training: ${kept.join(', ')} (inkling train --sensitive)`];
}

const summarySchema = z.object({
  lists: z.number().optional(),
  sensitive: z.array(z.string()).optional(),
});

/** What the model says of its training; nothing where it says nothing. */
function summaryOf(metadata: Readonly<Record<string, string>>): z.infer<typeof summarySchema> {
  try {
    return summarySchema.parse(JSON.parse(metadata['inkling.training'] ?? ''));
  } catch {
    return {};
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
