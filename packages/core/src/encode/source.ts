import type { Context } from '../context/context.ts';
import { own } from '../own.ts';
import { refuse } from '../refuse.ts';
import type { EncodeList, FeatureTable, Read } from './feature-table.ts';
import type { NumberPath, TextPath } from './source-path.ts';

/** Signals are the paths with a dot. One that this version does not know is never known. */
export function isSignal(path: string | undefined): boolean {
  return /^\w+\./.test(path as string);
}

/** Compiles a path. @throws InklingError E_PACK_FORMAT for one that leads nowhere */
export function sourceOf(path: TextPath | NumberPath, { sources }: FeatureTable): Read {
  const [area = '', field = ''] = path.split(/[.:](.*)/s);
  if (isSignal(path)) return (_, { context }) => own(context[area as keyof Context], field);
  return named(sources, area)(field);
}

/** Computes what follows from a list as a whole when the first of its rows asks for it. */
export function once<T>(compute: Read<T>): Read<T> {
  let of: EncodeList | undefined;
  let value: T;
  return (item, list, row) => {
    if (list !== of) {
      of = list;
      value = compute(item, list, row);
    }
    return value;
  };
}

/** Compiles a path to words: several where a list stands there, `unknown` where there is nothing. Each call may write over
 * what the one before it gave, so that nothing is left to collect. */
export function wordsOf(path: TextPath, table: FeatureTable): Read<readonly string[]> {
  const read = sourceOf(path, table);
  const one = [''];
  return (item, list, row) => {
    const value = read(item, list, row);
    if (Array.isArray(value)) return value;
    one[0] = String(value ?? 'unknown');
    return one;
  };
}

/** What stands there as a number, of a text the number it begins with; NaN where there is none, or none that f32 holds. */
export function numberOf(value: unknown): number {
  const x = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof x === 'number' && Math.abs(x) < 3.4e38 ? x : NaN;
}

/** The table's entry of that name. A pack is data: a newer one may name what this version does not know.
 * @throws InklingError E_PACK_FORMAT */
export function named<T>(table: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(table, name)) refuse('E_PACK_FORMAT', 'spec.features', 'a known name', name);
  return table[name] as T;
}
