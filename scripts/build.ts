// npm run build [-- PACKAGE…]: builds every package, or those named, to its own dist/: ES modules, types, and for the
// client the script-tag file.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildKernels } from './build-kernels.ts';
import { buildScriptTag } from './build-script-tag.ts';

const root = join(import.meta.dirname, '..');

/** Builds the named packages. @returns whether their types are right; tsc has said what is not */
export async function buildPackages(names: readonly string[]): Promise<boolean> {
  await buildKernels();
  for (const name of names) await bundle(name);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const projects = names.map((name) => join(root, 'packages', name));
  return spawnSync(process.execPath, [tsc, '-b', ...projects], { stdio: 'inherit', cwd: root }).status === 0;
}

async function bundle(name: string): Promise<void> {
  const folder = join(root, 'packages', name);
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const entries = Object.values(manifest.exports).map((entry) => entry['@inkling/source']);
  const bins = Object.values(manifest.bin ?? {}).map((file) =>
    file.replace('dist/', 'src/').replace(/js$/, 'ts'),
  );
  // What an entry imports by a condition of its user's, which bundling here would decide too early.
  const internals = Object.values(manifest.imports ?? {}).flatMap(sourcesOf);
  const dist = join(folder, 'dist');
  removeScripts(dist);
  await build({
    entryPoints: [...entries, ...bins, ...internals].map((file) => join(folder, file)),
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
  dropBareImports(dist);
  if (name === 'client') console.log(`inkling.js integrity="${await buildScriptTag(dist)}"`);
}

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly '@inkling/source': string }>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, unknown>>;
}

/** The files that a subpath import leads to when the sources are run. */
function sourcesOf(target: unknown): readonly string[] {
  return Object.entries(target as Record<string, unknown>).flatMap(([condition, value]) =>
    typeof value === 'object' ? sourcesOf(value) : condition === '@inkling/source' ? [value as string] : [],
  );
}

/** Splitting leaves imports of chunks of which an entry needs nothing. Our modules do nothing when they are imported, and
 * say so by `sideEffects`; a user's bundler would warn of each. */
function dropBareImports(dist: string): void {
  for (const name of readdirSync(dist)) {
    if (!name.endsWith('.js')) continue;
    const file = join(dist, name);
    const code = readFileSync(file, 'utf8');
    const lean = code.replace(/^import "\.\/chunk-[A-Z0-9]+\.js";\n/gm, '');
    if (lean !== code) writeFileSync(file, lean);
  }
}

/** Declarations stay: tsc knows by its own record which of them are still right. */
function removeScripts(dist: string): void {
  if (!existsSync(dist)) return;
  for (const file of readdirSync(dist)) if (file.endsWith('.js')) rmSync(join(dist, file));
}

if (import.meta.main) {
  const all = readdirSync(join(root, 'packages')).sort();
  const names = process.argv.length > 2 ? process.argv.slice(2) : all;
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no package ${unknown}; there are ${all.join(', ')}.`);
    process.exitCode = 2;
  } else if (await buildPackages(names)) console.log(`Built ${names.join(', ')}.`);
  else process.exitCode = 1;
}
