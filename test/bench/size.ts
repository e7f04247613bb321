import { brotliCompressSync, constants } from 'node:zlib';
import { bundleScriptTag } from '../../scripts/build-script-tag.ts';
import type { Bench, BenchRow } from './bench.ts';

const HASH = /-[0-9a-f]{8}(?=\.js)/g;

/** Bytes of the script tag and of its lazy chunks, as a browser downloads them. */
export const bench: Bench = async () => {
  const { files } = await bundleScriptTag();
  return [...files].flatMap(([name, content]): readonly BenchRow[] => {
    const file = name.replace(HASH, '');
    return [
      { case: file, metric: 'minified', value: content.length, unit: 'B' },
      { case: file, metric: 'brotli', value: brotliSize(content), unit: 'B' },
    ];
  });
};

/** Brotli bytes at quality 11. The hashes in chunks' names are set to zeros, because chance alone makes some of them
 * compress thirty bytes better than others. */
export function brotliSize(content: Uint8Array): number {
  const code = new TextDecoder().decode(content).replace(HASH, '-00000000');
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
