/** Where a unit falls in [0, 1): the second version of GrowthBook's published hash, fnv1a32 of the decimal digits of
 * fnv1a32(seed + value), in ten thousandths (docs.growthbook.io/lib/build-your-own, "hash"). Hashing twice keeps the
 * buckets of two seeds independent, which the first version's were not. */
export function bucketOf(seed: string, unit: string): number {
  return (fnv1a32(String(fnv1a32(seed + unit))) % 10_000) / 10_000;
}

/** FNV-1a over UTF-16 code units (Fowler, Noll and Vo). */
function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
