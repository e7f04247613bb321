// npm run build: writes the site to dist/site: the page, a pack made of rules alone, and the script tag.
import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInit, runPack, runTrainFromRules } from '@inkling/cli';

const here = import.meta.dirname;

/** Writes the page and its pack, as `inkling init`, `inkling train` and `inkling pack` do. */
export async function buildSite(outDir: string): Promise<void> {
  const source = join(outDir, 'source');
  const site = join(outDir, 'site');
  rmSync(outDir, { recursive: true, force: true });
  await runInit({ site: 'shop', folder: source });
  const catalog = join(source, 'catalog.json');
  const model = join(source, 'model');
  const spec = join(source, 'features.json');
  await runTrainFromRules({ fromRules: join(source, 'rules.json'), spec, catalog, out: model });
  await runPack({
    id: 'example',
    version: 1,
    catalog,
    spec: join(model, 'features.json'),
    slots: join(here, 'slots.json'),
    settings: join(here, 'settings.json'),
    card: join(source, 'card.json'),
    model: join(model, 'ranker.onnx'),
    out: join(site, 'inkling'),
    now: () => new Date(),
  });
  cpSync(join(here, 'site'), site, { recursive: true });
}

if (import.meta.main) {
  const dist = join(here, 'dist');
  await buildSite(dist);
  const client = dirname(fileURLToPath(import.meta.resolve('@inkling/client')));
  cpSync(client, join(dist, 'site'), {
    recursive: true,
    filter: (file) => file === client || file.endsWith('.js'),
  });
}
