export { createJsKernels } from './kernels/js-kernels.ts';
export type { Kernels } from './kernels/kernels.ts';
