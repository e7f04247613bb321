import type { WasmKernels } from '../arena.ts';
import { KERNELS } from './generated/kernels-hex.ts';

/** Declared here because the package is written for every host at once: browsers, workers, Node. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: WasmKernels };
};

/** The kernels in WebAssembly, with a memory of their own; undefined where the host has no SIMD, or refuses to compile
 * at run time as Workers do, and pages under a content security policy without `wasm-unsafe-eval`. */
export function openKernels(): WasmKernels | undefined {
  try {
    const bytes = KERNELS.match(/../g)?.map((pair) => Number(`0x${pair}`));
    return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes ?? []))).exports;
  } catch {
    return undefined;
  }
}
