import type { Kernels } from './kernels.ts';

/** Declared here because the package is written for every host at once: browsers, workers, Node. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Kernels };
};

/** Kernels in WebAssembly, with a memory of their own, from a module in hexadecimal; undefined where the host has no
 * SIMD, or refuses to compile at run time as Workers do, and pages under a content security policy without
 * `wasm-unsafe-eval`. */
export function compileKernels(hex: string): Kernels | undefined {
  try {
    // Hosts of 2025 and later decode it at once.
    const bytes =
      (Uint8Array as { fromHex?(digits: string): Uint8Array }).fromHex?.(hex) ??
      Uint8Array.from(hex.match(/../g) as string[], (pair) => Number(`0x${pair}`));
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  } catch {
    return undefined;
  }
}
