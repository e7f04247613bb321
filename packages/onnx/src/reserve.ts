import type { Kernels } from './kernels/kernels.ts';
import { fail } from './onnx-error.ts';

/** Makes the memory at least this large; `E_MODEL_LIMIT` where the host has no more. */
export function reserve({ memory }: Kernels, bytes: number): void {
  const pages = Math.ceil((bytes - memory.buffer.byteLength) / 65_536);
  try {
    if (pages > 0) memory.grow(pages);
  } catch {
    fail('E_MODEL_LIMIT', 'memory', `none for ${bytes} bytes`);
  }
}
