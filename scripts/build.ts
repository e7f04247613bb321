// Builds every package, or those named, to its own dist/: ES modules, types, and for the client the script-tag file.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildKernels } from './build-kernels.ts';
import { buildScriptTag } from './build-script-tag.ts';

const root = join(import.meta.dirname, '..');
const names = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(join(root, 'packages')).sort();

await buildKernels();
for (const name of names) {
  const folder = join(root, 'packages', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const entries = Object.values(manifest.exports).map(
    (entry) => (entry as Record<string, string>)['@inkling/source'],
  );
  const bins = Object.values<string>(manifest.bin ?? {}).map((file) =>
    file.replace('dist/', 'src/').replace(/js$/, 'ts'),
  );
  // What an entry imports by a condition of its user's, which bundling here would decide too early.
  const internals = Object.values(manifest.imports ?? {}).flatMap(sourcesOf);
  const dist = join(folder, 'dist');
  removeScripts(dist);
  await build({
    entryPoints: [...entries, ...bins, ...internals].map((file) => join(folder, file as string)),
    outdir: dist,
    outbase: join(folder, 'src'),
    external: Object.keys(manifest.imports ?? {}),
    loader: { '.wasm': 'copy' },
    assetNames: '[dir]/[name]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: bins.length > 0 ? 'node' : 'neutral',
    packages: 'external',
    logLevel: 'warning',
  });
  if (name === 'client') await buildScriptTag(dist);
}
const tsc = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-b', ...names.map((name) => join(root, 'packages', name))],
  { stdio: 'inherit', cwd: root },
);
if (tsc.status !== 0) process.exit(1);
process.stderr.write(`Built ${names.join(', ')}.\n`);

/** The files that a subpath import leads to when the sources are run. */
function sourcesOf(target: unknown): readonly string[] {
  return Object.entries(target as Record<string, unknown>).flatMap(([condition, value]) =>
    typeof value === 'object' ? sourcesOf(value) : condition === '@inkling/source' ? [value as string] : [],
  );
}

/** Declarations stay: tsc knows by its own record which of them are still right. */
function removeScripts(dist: string): void {
  if (!existsSync(dist)) return;
  for (const file of readdirSync(dist)) if (file.endsWith('.js')) rmSync(join(dist, file));
}
