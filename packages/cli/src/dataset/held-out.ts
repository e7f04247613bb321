import { digest } from '@inkling/core';

/** Whether a visitor is among the share that is kept from training. The same visitor is always on the same side. */
export function isHeldOut(visitor: string, share: number): boolean {
  return Number.parseInt(digest(`split\0${visitor}`).slice(0, 8), 16) / 2 ** 32 < share;
}
