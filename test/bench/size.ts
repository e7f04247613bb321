import { brotliCompressSync, constants } from 'node:zlib';
import { bundleScriptTag } from '../../scripts/build-script-tag.ts';
import type { Bench, BenchRow } from './bench.ts';

/** Bytes of the script tag and of its lazy chunks, as a browser downloads them. */
export const bench: Bench = async () => {
  const { files } = await bundleScriptTag();
  return [...files].flatMap(([name, content]): readonly BenchRow[] => [
    { case: name.replace(/-[0-9a-f]{8}\.js$/, '.js'), metric: 'minified', value: content.length, unit: 'B' },
    {
      case: name.replace(/-[0-9a-f]{8}\.js$/, '.js'),
      metric: 'brotli',
      value: brotliSize(content),
      unit: 'B',
    },
  ]);
};

export function brotliSize(content: Uint8Array): number {
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
