/** Data centres that a cell's visitors reach, mostly one. */
const CENTRES_PER_CELL = 1.5;
const TTL_S = 2700;

/** How many times a day the weather source is asked, when visitors are spread over the cells as people are over cities:
 * the n-th has 1/n of the first's (Zipf's law; Gabaix, Quarterly Journal of Economics 114, 1999). A cell is asked for once
 * in each 45 minutes in which somebody comes, in each data centre that they come to.
 * @param perSecond Pages in a second.
 * @param inhabited Cells of 0.25° in which anybody is.
 * @param perRefresh Calls that one coming due of a cell makes. */
export function cellsAsked(perSecond: number, inhabited: number, perRefresh: number): number {
  const harmonic = Array.from({ length: inhabited }, (_, index) => 1 / (index + 1)).reduce(
    (sum, x) => sum + x,
    0,
  );
  const windows = 86_400 / TTL_S;
  let due = 0;
  for (let rank = 1; rank <= inhabited; rank++) {
    const inWindow = (perSecond * TTL_S) / (rank * harmonic * CENTRES_PER_CELL);
    due += CENTRES_PER_CELL * (1 - Math.exp(-inWindow));
  }
  return due * windows * perRefresh;
}
