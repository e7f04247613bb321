import { BATCH_SENSITIVITY, type CellKey, type TotalsCell } from '@inkling/core/totals';
import { discreteLaplace, type RandomBelow } from './discrete-laplace.ts';

/** The moment of a cell that stands for all moments together. */
export const ALL_MOMENTS = 'all';

/** A cell of one day, before noise. Where its moment is `all`, it is the sum of those that differ from it only there. */
export interface CellTotals {
  readonly cell: CellKey;
  /** How many batches have something in it. */
  readonly batches: number;
  readonly exposures: number;
  readonly rewards: number;
}

/** A cell as the site gets it. Counts carry noise, and may be below zero. */
export interface ReleasedCell {
  readonly version: number;
  readonly slot: string;
  readonly arm: TotalsCell[2];
  readonly variation: string;
  readonly moment: string;
  readonly exposures: number;
  readonly rewards: number;
  readonly noise: Noise;
}

/** Of each of the two counts by itself; scale is sensitivity / epsilon. */
interface Noise {
  readonly mechanism: 'discrete-laplace';
  readonly epsilon: number;
  /** By how much one batch can change all counts of its kind together, summed over cells. */
  readonly sensitivity: number;
}

export interface ReleaseRule {
  /** Batches that a cell must have. */
  readonly k: number;
  /** For one batch over all that is released of its day, in thousandths. */
  readonly epsilonThousandths: number;
}

/** What may be told of a day: the cells and sums with k batches or more, each with noise of its own. A batch counts once in
 * the cells and once in the sums, so each of the two spends half of epsilon. */
export function releaseCells(
  totals: readonly CellTotals[],
  { k, epsilonThousandths }: ReleaseRule,
  below: RandomBelow,
): readonly ReleasedCell[] {
  const noise: Noise = {
    mechanism: 'discrete-laplace',
    epsilon: epsilonThousandths / 2000,
    sensitivity: BATCH_SENSITIVITY,
  };
  const draw = () => discreteLaplace(epsilonThousandths, 2000 * BATCH_SENSITIVITY, below);
  return [...groupsOf(totals)].flatMap((group) =>
    mayTell(group, k).map(({ cell: [version, slot, arm, variation, moment], exposures, rewards }) => ({
      ...{ version, slot, arm, variation, moment },
      exposures: exposures + draw(),
      rewards: rewards + draw(),
      noise,
    })),
  );
}

/** Cells that one sum is made of, the sum among them. */
function groupsOf(totals: readonly CellTotals[]): Iterable<readonly CellTotals[]> {
  const groups = new Map<string, CellTotals[]>();
  for (const each of totals) {
    const name = each.cell.slice(0, 4).join(' ');
    const group = groups.get(name);
    if (group) group.push(each);
    else groups.set(name, [each]);
  }
  return groups.values();
}

/** The cells of a sum that may be told. What is left when they are taken from the sum must again be nothing, or something
 * of k batches; else the smallest of them is kept back too, which alone has as many. */
function mayTell(group: readonly CellTotals[], k: number): readonly CellTotals[] {
  const sum = group.find(({ cell }) => cell[4] === ALL_MOMENTS);
  if (!sum || sum.batches < k) return [];
  const cells = group.filter((each) => each !== sum).sort((a, b) => b.batches - a.batches);
  const told = cells.filter(({ batches }) => batches >= k);
  // One batch may be in several cells: at least so many are in none of the told ones.
  const left = told.reduce((rest, { batches }) => rest - batches, sum.batches);
  if (told.length < cells.length && left < k) told.pop();
  return [sum, ...told];
}
