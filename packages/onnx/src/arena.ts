import { createJsKernels } from './kernels/js-kernels.ts';
import type { Kernels } from './kernels/kernels.ts';

/** The memory a session computes in, and what computes there. */
export interface Arena {
  readonly backend: 'wasm' | 'js';
  readonly kernels: Kernels;
  /** Another one after growth, which leaves views of the one before empty or behind. */
  readonly buffer: ArrayBufferLike;
  /** Makes the buffer at least this large, keeping what is in it. Throws a `RangeError` where there is no memory. */
  grow(bytes: number): void;
}

/** The exports of the WebAssembly module. */
export interface WasmKernels extends Kernels {
  readonly memory: { readonly buffer: ArrayBufferLike; grow(pages: number): number };
}

/** In WebAssembly where there is an instance of the kernels, of which nobody else uses the memory. */
export function createArena(wasm: WasmKernels | undefined): Arena {
  if (wasm) {
    const { memory } = wasm;
    return {
      backend: 'wasm',
      kernels: wasm,
      get buffer() {
        return memory.buffer;
      },
      grow(bytes) {
        const missing = bytes - memory.buffer.byteLength;
        if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
      },
    };
  }
  let buffer = new ArrayBuffer(0);
  return {
    backend: 'js',
    kernels: createJsKernels(() => buffer),
    get buffer() {
      return buffer;
    },
    grow(bytes) {
      if (bytes <= buffer.byteLength) return;
      const old = new Uint8Array(buffer);
      buffer = new ArrayBuffer(bytes);
      new Uint8Array(buffer).set(old);
    },
  };
}
