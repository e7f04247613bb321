import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { transformSync } from 'esbuild';
import { buildPackages } from '../../scripts/build.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What a browser's page is made with; each comes from its tarball, as npm would publish it. */
export const PUBLISHED = ['client', 'consent', 'core', 'edge', 'onnx'] as const;

export interface Consumer {
  /** A folder outside of this workspace, in which the packages are installed. */
  readonly folder: string;
  readonly tarballs: readonly string[];
  remove(): void;
}

/** Builds and packs every package, and installs the tarballs in a project of its own.
 * @param tools packages of the npm registry to install beside; with none, nothing is asked of the network */
export async function makeConsumer(tools: readonly string[] = []): Promise<Consumer> {
  if (!(await buildPackages(PUBLISHED))) throw new Error('The packages cannot be built.');
  const folder = mkdtempSync(join(tmpdir(), 'inkling-consumer-'));
  const packs = join(folder, 'packs');
  mkdirSync(packs);
  for (const name of PUBLISHED) pack(name, packs);
  const tarballs = readdirSync(packs).map((file) => join(packs, file));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  for (const file of readdirSync(join(import.meta.dirname, 'project'))) {
    cpSync(join(import.meta.dirname, 'project', file), join(folder, file));
  }
  const { code } = transformSync(readFileSync(join(folder, 'main.ts'), 'utf8'), { loader: 'ts' });
  writeFileSync(join(folder, 'main.js'), code);
  if (tools.length > 0) install(folder, [...tarballs, ...tools]);
  else for (const tarball of tarballs) unpack(tarball, folder);
  return { folder, tarballs, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** As the release does it: with pnpm, which writes versions in place of `workspace:`. npm's own `pack` would leave them.
 * `scripts/run.mjs` has fetched it to install this workspace. */
function pack(name: string, destination: string): void {
  const call = ['--yes', '--prefer-offline', 'pnpm@12.21.0', 'pack', '--pack-destination', destination];
  execFileSync('npx', call, { cwd: join(ROOT, 'packages', name), stdio: 'pipe' });
}

function install(folder: string, specifiers: readonly string[]): void {
  const call = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...specifiers];
  execFileSync('npm', call, { cwd: folder, stdio: 'pipe', timeout: 300_000 });
}

/** What npm does with a tarball; and what it depends on of others, from this workspace. */
function unpack(tarball: string, folder: string): void {
  const name = /^inkling-(\w+)-/.exec(basename(tarball))?.[1] ?? '';
  const place = join(folder, 'node_modules/@inkling', name);
  mkdirSync(place, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', place, '--strip-components=1']);
  const { dependencies = {} } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  for (const other of Object.keys(dependencies).filter((dependency) => !dependency.startsWith('@inkling/'))) {
    const source = join(ROOT, 'packages', name, 'node_modules', other);
    cpSync(source, join(folder, 'node_modules', other), { recursive: true, dereference: true });
  }
}
