import { compileKernels } from './compile-kernels.ts';
import { KERNELS } from './generated/kernels-hex.ts';
import type { Kernels } from './kernels.ts';

/** All kernels in WebAssembly, where that is allowed. */
export function openKernels(): Kernels | undefined {
  return compileKernels(KERNELS);
}
