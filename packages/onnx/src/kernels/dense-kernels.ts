import { compileKernels } from './compile-kernels.ts';
import { DENSE } from './generated/dense-hex.ts';
import type { Kernels } from './kernels.ts';

/** The kernels of the lean engine in WebAssembly, where that is allowed. */
export function openDenseKernels(): Kernels | undefined {
  return compileKernels(DENSE);
}
