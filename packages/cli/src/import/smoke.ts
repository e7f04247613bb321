import type { Encoder, Item, ModelOutput } from '@inkling/core';
import { modelInputs } from '@inkling/core/full';
import type { InferenceSession } from '@inkling/onnx/auto';
import type { Refusal } from './import-refused.ts';
import { sampleBatches } from './sample-batches.ts';

interface SmokeOptions {
  readonly output: ModelOutput;
  readonly catalog?: readonly Item[] | undefined;
  readonly now: number;
}

export interface SmokeResult {
  readonly refusals: readonly Refusal[];
  readonly findings: readonly string[];
  readonly rows: number;
}

/** Relative to the score; another order of summing may cost so much. */
const TOLERANCE = 1e-4;

/** Runs a model on lists as the product encodes them, and looks at its scores. */
export function smoke(session: InferenceSession, encoder: Encoder, options: SmokeOptions): SmokeResult {
  const refusals: Refusal[] = [];
  const findings = new Set<string>();
  let rows = 0;
  let isConstant = true;
  const score = (features: Float32Array, count: number) =>
    session.runSync(modelInputs(encoder, features, count)).score;
  for (const batch of sampleBatches(encoder, options.now, options.catalog)) {
    rows += batch.rows;
    const place = `run on ${batch.name}`;
    try {
      const found = score(batch.features, batch.rows);
      const scores = Array.from((found?.data ?? []) as Float32Array);
      const refusal = faultOf(scores, batch.rows, options.output);
      if (refusal) {
        refusals.push({ place, ...refusal });
        continue;
      }
      isConstant &&= batch.rows < 2 || scores.every((value) => value === scores[0]);
      const alone = Array.from(
        (score(batch.features.slice(0, encoder.width), 1)?.data ?? []) as Float32Array,
      );
      if (
        Math.abs((alone[0] as number) - (scores[0] as number)) >
        TOLERANCE * (1 + Math.abs(scores[0] as number))
      ) {
        findings.add(
          'the score of an item depends on the others in its batch: explanations, which score many variations at once, will be wrong',
        );
      }
    } catch (cause) {
      refusals.push({
        place,
        expected: `${batch.rows} scores`,
        found: cause instanceof Error ? cause.message : String(cause),
        change: 'the number of rows must be free, 1 included',
      });
    }
  }
  if (isConstant && refusals.length === 0)
    findings.add('all items got the same score, in every moment tried');
  return { refusals, findings: [...findings], rows };
}

function faultOf(
  scores: readonly number[],
  rows: number,
  output: ModelOutput,
): Omit<Refusal, 'place'> | undefined {
  if (scores.length !== rows) {
    return { expected: `${rows} scores`, found: `${scores.length}`, change: 'score each row by itself' };
  }
  const bad = scores.find((value) => !Number.isFinite(value));
  if (bad !== undefined) {
    const change = 'what is unknown is encoded as 0: mind divisions and logarithms';
    return { expected: 'finite scores', found: `${bad}`, change };
  }
  const outside = scores.find((value) => value < 0 || value > 1);
  if (output !== 'probability' || outside === undefined) return undefined;
  const change = '--output logit or utility, or a Sigmoid at the end';
  return { expected: 'probabilities, from 0 to 1', found: `${outside}`, change };
}
