import { compileKernels } from './compile-kernels.ts';
import { FULL } from './generated/full-hex.ts';
import type { Kernels } from './kernels.ts';

/** The kernels of the full tier in WebAssembly, where that is allowed. */
export function openFullKernels(): Kernels | undefined {
  return compileKernels(FULL);
}
