import { InklingError, type InklingErrorCode } from './inkling-error.ts';

/** Throws what most errors say: the place, what was expected there and what was found. @throws InklingError */
export function refuse(
  code: InklingErrorCode,
  place: string,
  expected: unknown,
  found: unknown,
  cause?: unknown,
): never {
  throw new InklingError(code, `${place}: expected ${expected}, found ${found}`, { cause });
}
