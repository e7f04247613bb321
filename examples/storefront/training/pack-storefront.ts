import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EpochProgress, runEvaluate, runPack, runTrain } from '@inkling/cli';
import { simulate } from './simulate.ts';

const shop = join(import.meta.dirname, '..');
const root = join(shop, '../..');
/** What the ranker depends on: while none of it changes, it is not trained again. */
const INPUTS = [
  'examples/storefront/{catalog.json,pack/*,training/*}',
  'packages/{core,cli,onnx}/src/**/*.ts',
];

export interface PackStorefrontOptions {
  /** Folder the pack is written to. */
  readonly outDir: string;
  /** Told of progress, a line at a time. */
  readonly say: (line: string) => void;
}

/** Makes the shop's pack as a site would: `inkling train` on a log, here of simulated visits, `inkling evaluate` on the lists
 * of other visitors, then `inkling pack`, whose gates refuse a ranker that serves them badly. */
export async function packStorefront({ outDir, say }: PackStorefrontOptions): Promise<void> {
  const trained = await trainIfChanged(say);
  await runPack({
    id: 'storefront',
    version: 1,
    catalog: join(shop, 'catalog.json'),
    spec: join(shop, 'pack/features.json'),
    slots: join(shop, 'pack/slots.json'),
    settings: join(shop, 'pack/settings.json'),
    card: join(shop, 'pack/card.json'),
    model: join(trained, 'ranker.onnx'),
    metrics: join(trained, 'metrics.json'),
    evaluation: join(trained, 'evaluation.json'),
    popularity: join(trained, 'popularity.json'),
    out: outDir,
    now: () => new Date(),
  });
}

async function trainIfChanged(say: (line: string) => void): Promise<string> {
  const folder = join(root, '.cache/storefront', fingerprintOf(INPUTS));
  if (existsSync(join(folder, 'evaluation.json'))) return folder;
  say('Training the ranker on simulated visits …');
  const catalog = join(shop, 'catalog.json');
  const items = JSON.parse(readFileSync(catalog, 'utf8'));
  const impressions = join(folder, 'impressions.ndjson');
  mkdirSync(folder, { recursive: true });
  writeFileSync(impressions, simulate(items, { visitors: 1500, seed: 'visits' }));
  const log = {
    impressions,
    mapping: join(shop, 'training/mapping.json'),
    spec: join(shop, 'pack/features.json'),
    catalog,
  };
  await runTrain({
    ...log,
    out: folder,
    epochs: 10,
    onEpoch: ({ epoch, mrr }: EpochProgress) => say(`  epoch ${epoch}: validation MRR ${mrr.toFixed(3)}`),
  });
  writeFileSync(impressions, simulate(items, { visitors: 600, seed: 'test visits' }));
  await runEvaluate({
    ...log,
    model: join(folder, 'ranker.onnx'),
    popularity: join(folder, 'popularity.json'),
    group: ['device.form', 'visit.type'],
    out: join(folder, 'evaluation.json'),
  });
  rmSync(impressions);
  return folder;
}

function fingerprintOf(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of globSync([...patterns], { cwd: root }).sort()) {
    if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
