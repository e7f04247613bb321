/** p-values corrected for being several, so that the chance of any false finding stays below the level at which they are
 * read (Holm, Scandinavian Journal of Statistics 6, 1979). @returns in the order given */
export function holm(pValues: readonly number[]): readonly number[] {
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  [...pValues.keys()]
    .sort((a, b) => (pValues[a] as number) - (pValues[b] as number))
    .forEach((index, rank) => {
      highest = Math.max(highest, Math.min(1, (pValues.length - rank) * (pValues[index] as number)));
      adjusted[index] = highest;
    });
  return adjusted;
}
