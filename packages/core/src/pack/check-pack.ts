import { refuse } from '../refuse.ts';
import { checkShape } from './check-shape.ts';
import type { Pack } from './pack.ts';
import { PACK_SHAPE } from './pack-shape.ts';

export interface PackCheck {
  /** Epoch ms. */
  readonly now: number;
  /** The highest `floor` of any pack accepted so far. @default 0 */
  readonly floor?: number;
}

/** The lean check a browser runs before it trusts a parsed pack.json; the full schema is `@inkling/core/pack-schema`.
 * @throws InklingError E_PACK_FORMAT naming the place, what was expected and what was found; E_PACK_EXPIRED;
 * E_PACK_FLOOR for a version that this or an earlier pack has revoked */
export function checkPack(value: unknown, { now, floor = 0 }: PackCheck): Pack {
  checkShape(value, PACK_SHAPE, 'pack');
  // The shape was checked just now.
  const pack = value as Pack;
  if (!(Date.parse(pack.expiresAt) > now)) {
    refuse('E_PACK_EXPIRED', 'pack.expiresAt', 'later', pack.expiresAt);
  }
  const lowest = Math.max(floor, pack.floor);
  if (pack.version < lowest) {
    refuse('E_PACK_FLOOR', 'pack.version', `${lowest} or more`, pack.version);
  }
  return pack;
}
