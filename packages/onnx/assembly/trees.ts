// Decision trees, as src/full/trees.ts lays them out. A node takes 24 bytes: what is compared with (f64), where the
// feature is in a row, where the next node is when the feature is more or missing, and when it is not, and
// where its votes begin, which end where those of the node after it begin. A leaf leads to itself. A vote takes 16: where
// its target is in a row of scores, four bytes that mean nothing, and its weight (f64).

/** Adds what the tree at `root` votes for each row. All rows go one level down before any goes two, so that no comparison
 * waits for the one before it; `places` has four bytes for each. */
export function climb(
  nodes: i32,
  root: i32,
  depth: i32,
  votes: i32,
  x: i32,
  rowX: i32,
  scores: i32,
  rowScores: i32,
  places: i32,
  rows: i32,
): void {
  const end = places + (rows << 2);
  for (let p = places; p < end; p += 4) store<i32>(p, root);
  for (; depth > 0; depth--) {
    let row = x;
    for (let p = places; p < end; p += 4) {
      const at = nodes + load<i32>(p);
      const isMost = i32(load<f64>(row + load<i32>(at, 8)) <= load<f64>(at));
      store<i32>(p, load<i32>(at + (isMost << 2), 12));
      row += rowX;
    }
  }
  for (let p = places; p < end; p += 4) {
    const leaf = nodes + load<i32>(p);
    const last = votes + load<i32>(leaf, 44);
    for (let at = votes + load<i32>(leaf, 20); at < last; at += 16) {
      const to = scores + load<i32>(at);
      store<f64>(to, load<f64>(to) + load<f64>(at, 8));
    }
    scores += rowScores;
  }
}
