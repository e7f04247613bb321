import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildStorefront } from '../examples/storefront/build.ts';
import { packStorefront } from '../examples/storefront/training/pack-storefront.ts';
import { buildScriptTag } from './build-script-tag.ts';

/** Builds the demo shop: its pages, the script tag and its pack. @returns the folder to serve */
export async function prepareStorefront(say: (line: string) => void): Promise<string> {
  const dir = join(import.meta.dirname, '../examples/storefront/dist');
  // Hashed names of an earlier build would pile up.
  rmSync(dir, { recursive: true, force: true });
  say('Building the pages and the script …');
  await buildStorefront({ outDir: dir });
  await buildScriptTag(dir);
  await packStorefront({ outDir: join(dir, 'inkling'), say });
  return dir;
}

if (import.meta.main) await prepareStorefront(console.log);
