import { brotliCompressSync, constants } from 'node:zlib';
import { bundleScriptTag } from '../../scripts/build-script-tag.ts';
import type { Bench, BenchRow } from './bench.ts';
import { bundlePeers } from './size/peers.ts';

const HASH = /-[0-9a-f]{8}(?=\.js)/g;

/** Bytes of the script tag and of its lazy chunks, as a browser downloads them, and beside them what sites use today,
 * fetched from the npm registry in this run. @param args `own` leaves the others out */
export const bench: Bench = async (args) => {
  const { files } = await bundleScriptTag();
  const own = [...files].flatMap(([name, content]) => rowsOf(name.replace(HASH, ''), content));
  if (args.includes('own')) return own;
  const peers = await bundlePeers();
  return [...own, ...peers.flatMap(({ name, content }) => rowsOf(name, content))];
};

function rowsOf(file: string, content: Uint8Array): readonly BenchRow[] {
  return [
    { case: file, metric: 'minified', value: content.length, unit: 'B' },
    { case: file, metric: 'brotli', value: brotliSize(content), unit: 'B' },
  ];
}

/** Brotli bytes at quality 11 of a file as it is shipped. */
export function brotliSize(content: Uint8Array): number {
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
