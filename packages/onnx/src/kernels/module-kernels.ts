import module from './generated/kernels.wasm';
import type { Kernels } from './kernels.ts';

declare const WebAssembly: { readonly Instance: new (module: object) => { readonly exports: Kernels } };

/** The kernels in WebAssembly, for hosts that run only modules imported when a Worker is built. */
export function openKernels(): Kernels | undefined {
  return new WebAssembly.Instance(module).exports;
}
