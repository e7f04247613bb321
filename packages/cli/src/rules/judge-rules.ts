import type { EncodedLists } from '../dataset/encoded-lists.ts';
import type { CompiledRules } from './compile-rules.ts';
import { invert, multiply } from './positive-definite.ts';
import { type Rule, weightOf } from './rule.ts';
import { DEVIATION, type Sums, sumUp } from './rules-likelihood.ts';

/** What the data says of a rule.
 * `unseen`: no list with a choice told items apart by it. `unknown`: the interval holds 0 and more than that. `holds`: it
 * lies on the declared side of 0, and the declared weight in it; `weaker`, `stronger`: beyond or below that weight.
 * `nothing`: the interval holds 0 and does not reach half of a weak rule. `contradicted`: it lies on the other side. */
export type Verdict = 'unseen' | 'unknown' | 'holds' | 'weaker' | 'stronger' | 'nothing' | 'contradicted';

export interface JudgedRule {
  readonly rule: Rule;
  /** The utility that the rule declares. */
  readonly declared: number;
  /** The utility that the choices show, with the others held, and its 95% interval. */
  readonly learnt: number;
  readonly low: number;
  readonly high: number;
  /** Lists with a choice in which the rule told items apart. */
  readonly lists: number;
  readonly verdict: Verdict;
}

const STEPS = 50;
const ENOUGH = 1e-7;
/** Half of a weak rule. */
const NOTHING = 0.25;

/** Fits the weights of all rules at once to the choices: the conditional logit (McFadden, "Conditional logit analysis of
 * qualitative choice behavior", 1974) with a normal prior about the declared weights, by Newton's method, which the
 * concavity of the likelihood makes exact. Intervals are ±1.96 standard errors of the sandwich estimator clustered by
 * visitor (Liang and Zeger, *Biometrika* 73, 1986), the prior counting as one observation more.
 * @param lists encoded by the compiled rules' own spec; read once for each of some ten steps */
export async function judgeRules(
  compiled: CompiledRules,
  lists: EncodedLists,
): Promise<readonly JudgedRule[]> {
  const { rules } = compiled;
  const count = rules.length;
  const declared = Float64Array.from(rules, ({ rule }) => weightOf(rule));
  let weights = declared.slice();
  let sums = await sumUp(compiled, lists, weights, declared);
  for (let step = 0; step < STEPS; step++) {
    const move = multiply(invert(sums.curvature, count), sums.gradient);
    let size = 1;
    let next = weights;
    let after = sums;
    // A whole step may overshoot far from the optimum.
    do {
      next = weights.map((weight, i) => weight - size * (move[i] as number));
      after = await sumUp(compiled, lists, next, declared);
      size /= 2;
    } while (after.loss > sums.loss + 1e-9 && size > 1e-4);
    const farthest = next.reduce(
      (max, weight, i) => Math.max(max, Math.abs(weight - (weights[i] as number))),
      0,
    );
    weights = next;
    sums = after;
    if (farthest < ENOUGH) break;
  }
  const errors = standardErrors(sums, count);
  return rules.map(({ rule }, i) => {
    const learnt = weights[i] as number;
    const reach = 1.96 * (errors[i] as number);
    const estimate = { declared: declared[i] as number, learnt, low: learnt - reach, high: learnt + reach };
    const seen = sums.lists[i] as number;
    return { rule, ...estimate, lists: seen, verdict: verdictOf(estimate, seen) };
  });
}

/** Square roots of the diagonal of H⁻¹ (Σ g gᵀ + prior) H⁻¹. */
function standardErrors({ curvature, byVisitor }: Sums, count: number): Float64Array {
  const inverse = invert(curvature, count);
  return Float64Array.from({ length: count }, (_, i) => {
    const row = inverse.subarray(i * count, (i + 1) * count);
    let variance = row.reduce((sum, value) => sum + value ** 2, 0) / DEVIATION ** 2;
    for (const slope of byVisitor.values()) {
      variance += row.reduce((sum, value, j) => sum + value * (slope[j] as number), 0) ** 2;
    }
    return Math.sqrt(variance);
  });
}

function verdictOf(
  { declared, low, high }: Pick<JudgedRule, 'declared' | 'low' | 'high'>,
  lists: number,
): Verdict {
  if (lists === 0) return 'unseen';
  const [least, most] = declared > 0 ? [low, high] : [-high, -low];
  if (most < 0) return 'contradicted';
  if (least <= 0) return Math.max(-least, most) < NOTHING ? 'nothing' : 'unknown';
  if (most < Math.abs(declared)) return 'weaker';
  return least > Math.abs(declared) ? 'stronger' : 'holds';
}
