/** The `count` items of the highest scores above 0, best first; ties by id. A heap of that many, its worst on top: each
 * other item costs one comparison, and log2(count) more when it gets in.
 * @param among places in the catalog @param ids of the catalog */
export function best(
  among: ArrayLike<number>,
  scores: ArrayLike<number>,
  ids: readonly string[],
  count: number,
): readonly number[] {
  const heap: number[] = [];
  const before = (a: number, b: number) => {
    const difference = (scores[a] as number) - (scores[b] as number);
    return difference > 0 || (difference === 0 && (ids[a] as string) < (ids[b] as string));
  };
  for (let i = 0; i < among.length; i++) {
    const item = among[i] as number;
    if (!((scores[item] as number) > 0)) continue;
    if (heap.length < count) {
      heap.push(item);
      rise(heap, before);
    } else if (count > 0 && before(item, heap[0] as number)) {
      heap[0] = item;
      sink(heap, before);
    }
  }
  return heap.sort((a, b) => (before(a, b) ? -1 : 1));
}

type Before = (a: number, b: number) => boolean;

function rise(heap: number[], before: Before): void {
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(heap[parent] as number, heap[at] as number)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function sink(heap: number[], before: Before): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) return;
    if (child + 1 < heap.length && before(heap[child] as number, heap[child + 1] as number)) child++;
    if (!before(heap[at] as number, heap[child] as number)) return;
    swap(heap, at, child);
    at = child;
  }
}

function swap(heap: number[], a: number, b: number): void {
  const held = heap[a] as number;
  heap[a] = heap[b] as number;
  heap[b] = held;
}
