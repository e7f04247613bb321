import { layersOf } from './network.ts';
import { type Matrix, matrix, type Weights } from './weights.ts';

/** One network whose score is the mean of several of the same shape, linear or of layers without ids ("deep ensembles",
 * Lakshminarayanan et al., NeurIPS 2017): their first layers side by side, those between as blocks on the diagonal, the
 * last ones one below the other. */
export function mergeNetworks(members: readonly Weights[]): Weights {
  const first = members[0] as Weights;
  const last = layersOf(first).length;
  const merged = Object.keys(first).map((name) => {
    const depth = Number(/\d+$/.exec(name)?.[0] ?? last);
    const parts = members.map((member) => member[name] as Matrix);
    const isBelow = name.startsWith('weights') && depth > 1;
    return [name, joinBlocks(parts, { isBelow, isBeside: depth < last })] as const;
  });
  // The names are those of the members.
  return Object.fromEntries(merged) as Weights;
}

/** Each block below or beside the one before it, or both. Blocks that nothing is beside are outputs, and become their mean. */
function joinBlocks(
  blocks: readonly Matrix[],
  { isBelow, isBeside }: { readonly isBelow: boolean; readonly isBeside: boolean },
): Matrix {
  const { rows, columns } = blocks[0] as Matrix;
  const joined = matrix(rows * (isBelow ? blocks.length : 1), columns * (isBeside ? blocks.length : 1));
  const share = isBeside ? 1 : 1 / blocks.length;
  blocks.forEach(({ values }, place) => {
    const [top, left] = [isBelow ? place * rows : 0, isBeside ? place * columns : 0];
    values.forEach((value, at) => {
      const cell = (top + Math.floor(at / columns)) * joined.columns + left + (at % columns);
      joined.values[cell] = (joined.values[cell] as number) + share * value;
    });
  });
  return joined;
}
