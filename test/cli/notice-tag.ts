import { join } from 'node:path';
import { REGIMES } from '@inkling/consent';
import { build } from 'esbuild';

const TAG = join(import.meta.dirname, '../../packages/client/src/auto.ts');

/** The script tag, in one file, with one more row among the regions: no source at hand would carry it.
 * @param country where telling is enough */
export async function bundleNoticeTag(country: string): Promise<string> {
  const row = { regions: country, regime: 'notice', refusalDays: 180 };
  const { outputFiles } = await build({
    entryPoints: [TAG],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    conditions: ['@inkling/source'],
    plugins: [
      {
        name: 'one more row',
        setup: ({ onLoad }) =>
          onLoad({ filter: /consent\/src\/regimes\.ts$/ }, () => ({
            contents: `export const REGIMES = ${JSON.stringify([row, ...REGIMES])};`,
          })),
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
