import type { Kernels } from './kernels.ts';

/** The kernels where WebAssembly is refused, with a memory of their own. */
export function createJsKernels(): Kernels {
  let cells: Float32Array = new Float32Array();
  return {
    memory: {
      get buffer() {
        return cells.buffer;
      },
      grow(pages) {
        const before = cells;
        cells = new Float32Array(before.length + pages * 16_384);
        cells.set(before);
      },
    },
    dense(out, a, b, bias, rows, depth, columns, least) {
      const f = cells;
      let p = a / 4;
      let to = out / 4;
      for (let i = 0; i < rows; i++, to += columns) {
        f.fill(0, to, to + columns);
        let q = b / 4;
        for (let k = 0; k < depth; k++) {
          const x = f[p++] as number;
          // Storing the sum rounds it.
          for (let j = 0; j < columns; j++) (f[to + j] as number) += Math.fround(x * (f[q++] as number));
        }
        for (let j = 0; j < columns; j++) {
          f[to + j] = Math.max(least, (f[to + j] as number) + (f[bias / 4 + j] as number));
        }
      }
    },
  };
}
