import module from './generated/full.wasm';
import type { Kernels } from './kernels.ts';

declare const WebAssembly: { readonly Instance: new (module: object) => { readonly exports: Kernels } };

/** The kernels of the full tier, for hosts that run only modules imported when a Worker is built. */
export function openFullKernels(): Kernels | undefined {
  return new WebAssembly.Instance(module).exports;
}
