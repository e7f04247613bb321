import { bucketOf } from './bucket.ts';
import type { CanarySpec } from './experiment-spec.ts';

/** Whether a unit gets the newer pack. Another path draws anew. */
export function isCanary({ path, share }: CanarySpec, unit: string): boolean {
  return bucketOf(`canary:${path}:`, unit) < share;
}

/** Opens the newer pack for a unit that gets it. Undefined where it does not, or where that pack cannot be opened: the
 * one that named it is there. */
export async function openCanary<Opened>(
  canary: CanarySpec,
  unit: string,
  open: (path: string) => Promise<Opened>,
): Promise<Opened | undefined> {
  return isCanary(canary, unit) ? open(canary.path).catch(() => undefined) : undefined;
}
