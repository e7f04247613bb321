import { KERNELS } from './generated/kernels-hex.ts';
import type { Kernels } from './kernels.ts';

/** Declared here because the package is written for every host at once: browsers, workers, Node. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Kernels };
};

/** The kernels in WebAssembly, with a memory of their own; undefined where the host has no SIMD, or refuses to compile
 * at run time as Workers do, and pages under a content security policy without `wasm-unsafe-eval`. */
export function openKernels(): Kernels | undefined {
  try {
    // It is there: a build without it does not come about.
    const bytes = (KERNELS.match(/../g) as string[]).map((pair) => Number(`0x${pair}`));
    return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports;
  } catch {
    return undefined;
  }
}
