/** A stream of uniform 32-bit integers. */
export type Prng = () => number;

/** xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), its 128-bit state
 * hashed from the seed and the label by four FNV-1a lanes, each finished with MurmurHash3's fmix32. The same seed and
 * label give the same stream everywhere; another label gives an independent one. */
export function prng(seed: string, label: string): Prng {
  const text = `${seed}\0${label}`;
  let [a, b, c, d] = [1, 2, 3, 4].map((lane) => hash(text, lane)) as [number, number, number, number];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
}

/** Sixteen hex digits for a text: names things, protects nothing. */
export function digest(text: string): string {
  return [5, 6].map((lane) => hash(text, lane).toString(16).padStart(8, '0')).join('');
}

/** 32 bits for a text, FNV-1a finished by fmix32; another lane is another hash. */
export function hash(text: string, lane: number): number {
  let h = 0x811c9dc5 ^ Math.imul(lane, 0x9e3779b9);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
