import { sigmoid } from '../math.ts';
import type { Evidence } from './absorb.ts';

const HALVINGS = 40;

/** What a success or a failure says of a logit with a normal prior, by Laplace: the posterior's mode, and the curvature
 * of the likelihood there (MacKay, "The evidence framework applied to classification networks", Neural Computation
 * 4(5), 1992; one observation at a time as in Spiegelhalter and Lauritzen, Networks 20, 1990).
 * The mode lies at mean + a · variance, where a = success - σ(offset + mean + a · variance). */
export function logisticEvidence(
  offset: number,
  success: boolean,
): (mean: number, variance: number) => Evidence {
  return (mean, variance) => {
    const start = offset + mean;
    const target = Number(success);
    // The right side falls as a grows, so the root lies between 0 and the right side at 0; halving finds it.
    let near = 0;
    let far = target - sigmoid(start);
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (near + far) / 2;
      const beyond = (target - sigmoid(start + middle * variance) - middle) * (success ? 1 : -1) < 0;
      if (beyond) far = middle;
      else near = middle;
    }
    const p = sigmoid(start + near * variance);
    return { shift: near, precision: p * (1 - p) };
  };
}
