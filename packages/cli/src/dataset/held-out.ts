import { digest } from '@inkling/core';
import type { Example } from './build-dataset.ts';

/** Whether a visitor is among the share that is kept from training. The same visitor is always on the same side. */
export function isHeldOut(visitor: string, share: number): boolean {
  return Number.parseInt(digest(`split\0${visitor}`).slice(0, 8), 16) / 2 ** 32 < share;
}

/** Splits examples by visitor, so that nobody is on both sides. @param share of visitors on the second side */
export function splitByVisitor(
  examples: readonly Example[],
  share: number,
): readonly [readonly Example[], readonly Example[]] {
  const isSecond = ({ list }: Example) => isHeldOut(list.visitor, share);
  return [examples.filter((example) => !isSecond(example)), examples.filter(isSecond)];
}
