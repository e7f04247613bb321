import { z } from 'zod';

/** What the schemas share. */
export const text: z.ZodString = z.string().min(1);
export const id: z.ZodString = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and hyphens');
export const share: z.ZodNumber = z.number().min(0).max(1);

/** For lists of objects: no two have the same value of `key`. */
export function unique<Key extends string>(
  key: Key,
): (payload: z.core.ParsePayload<readonly Readonly<Record<Key, string>>[]>) => void {
  return ({ value, issues }) => {
    const seen = new Map<string, number>();
    value.forEach((entry, index) => {
      const first = seen.get(entry[key]);
      if (first === undefined) seen.set(entry[key], index);
      else {
        issues.push({
          code: 'custom',
          input: entry[key],
          path: [index, key],
          message: `expected each ${key} once; it is also at ${first}`,
        });
      }
    });
  };
}
