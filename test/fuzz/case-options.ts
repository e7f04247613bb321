import { createRandom } from '../onnx/random.ts';
import type { CaseLimits, CaseOptions } from './run-case.ts';

/** The package's own, by its README. */
export const DEFAULT_LIMITS: CaseLimits = {
  modelBytes: 2 ** 23,
  nodes: 5000,
  tensorElements: 2 ** 26,
  arenaBytes: 2 ** 28,
  maxWork: 2 ** 30,
};

/** Most bits of a limit that stops some cases and lets others pass. */
const BITS: CaseLimits = { modelBytes: 13, nodes: 6, tensorElements: 20, arenaBytes: 24, maxWork: 26 };

/** What a case is run with: for half of them limits that are small enough to be met, and then sometimes without
 * WebAssembly. The same for the same seed and index. */
export function createCaseOptions(seed: number, index: number): CaseOptions {
  const { integer } = createRandom(Math.imul(seed, 0x85ebca6b) ^ index);
  if (integer(2)) return {};
  const limits = Object.fromEntries(
    Object.entries(BITS)
      .filter(() => !integer(3))
      .map(([name, bits]) => [name, integer(2 ** integer(bits + 1))]),
  );
  return { limits, ...(limits.maxWork !== undefined && integer(2) && { backend: 'js' }) };
}
