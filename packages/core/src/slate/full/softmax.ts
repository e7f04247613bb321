import { exp } from '../../math.ts';
import type { Distribution } from '../fill-places.ts';
import { WHOLE } from '../whole.ts';
import type { Field } from './field.ts';

/** Plackett-Luce: at every position each feasible item has a weight of exp(value / temperature), so that the slate is a
 * sample of rankings (Plackett 1975; as a ranking policy: Oosterhuis, SIGIR 2022, equation 2). What rounding down leaves
 * goes to the best. */
export function softmax({ feasible, value, best }: Field, temperature: number): Distribution {
  const [first] = best(1) as [number];
  const arms = [first, ...feasible.filter((index) => index !== first)];
  const masses = arms.map((index) =>
    exp(((value[index] as number) - (value[first] as number)) / temperature),
  );
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const weights = masses.map((mass) => Math.floor((mass / total) * WHOLE) || 0);
  weights[0] = WHOLE - weights.slice(1).reduce((sum, weight) => sum + weight, 0);
  return { arms, weights };
}
