import type { Context } from '../context/context.ts';
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
  if (isSignal(path)) return ({ context }) => own(context[area as keyof Context], field);
  return named(sources, area)(field);
}

/** Computes what follows from a list as a whole when the first of its rows asks for it. */
export function once<T>(compute: (list: EncodeList) => T): (list: EncodeList) => T {
  let of: EncodeList | undefined;
  let value: T;
  return (list) => {
    if (list !== of) {
      of = list;
      value = compute(list);
    }
    return value;
  };
}

/** What stands there as words: several where it is a list, `unknown` where there is nothing. */
export function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value : [String(value ?? 'unknown')];
}

/** What stands there as a number, of a text the number it begins with; NaN where there is none, or none that f32 holds. */
export function numberOf(value: unknown): number {
  const x = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof x === 'number' && Math.abs(x) < 3.4e38 ? x : NaN;
}

/** The object's own entry of that name: it may be one that every object has. */
export function own(object: object | undefined, name: string): unknown {
  return object && Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}

/** The table's entry of that name. A pack is data: a newer one may name what this version does not know.
 * @throws InklingError E_PACK_FORMAT */
export function named<T>(table: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(table, name)) refuse('E_PACK_FORMAT', 'spec.features', 'a known name', name);
  return table[name] as T;
}
