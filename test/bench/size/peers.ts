import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

interface Peer {
  readonly name: string;
  readonly version: string;
  /** What a page imports of it. @default its name */
  readonly entry?: string;
  /** A file that a page fetches beside. */
  readonly file?: string;
}

/** What sites use today for a part of the same job. */
const PEERS: readonly Peer[] = [
  { name: '@growthbook/growthbook', version: '1.8.0' },
  { name: '@uniformdev/context', version: '20.63.0' },
  { name: '@croct/sdk', version: '0.22.1' },
  { name: '@ninetailed/experience.js', version: '7.26.0' },
  { name: 'c15t', version: '2.2.1' },
  { name: 'vanilla-cookieconsent', version: '3.1.0' },
  {
    name: 'onnxruntime-web',
    version: '1.30.0',
    entry: 'onnxruntime-web/wasm',
    file: 'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  },
];

export interface PeerFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Installs the peers from the npm registry and bundles each whole, minified, as a page would that uses all of it. Throws
 * where the registry is out of reach. */
export async function bundlePeers(): Promise<readonly PeerFile[]> {
  return withPeers(async (folder) => {
    const files: PeerFile[] = [];
    for (const peer of PEERS) files.push(...(await bundlePeer(peer, folder)));
    return files;
  });
}

/** Gives a folder in which the peers are installed, and removes it afterwards.
 * @param names of those that are needed; all without */
export async function withPeers<Result>(
  use: (folder: string) => Promise<Result>,
  names: readonly string[] = PEERS.map(({ name }) => name),
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-peers-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const specifiers = PEERS.filter(({ name }) => names.includes(name)).map(
      ({ name, version }) => `${name}@${version}`,
    );
    const call = [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--legacy-peer-deps',
      ...specifiers,
    ];
    execFileSync('npm', call, { cwd: folder, stdio: 'pipe', timeout: 300_000 });
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundlePeer(
  { name, version, entry = name, file }: Peer,
  folder: string,
): Promise<readonly PeerFile[]> {
  const { outputFiles } = await build({
    stdin: { contents: `export * as whole from '${entry}';`, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    external: ['react', 'react-dom', 'react/*', 'module', 'fs', 'path', 'node:*'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const code = { name: `${entry} ${version}`, content: outputFiles[0]?.contents ?? new Uint8Array() };
  if (!file) return [code];
  return [code, { name: `${file} ${version}`, content: readFileSync(join(folder, 'node_modules', file)) }];
}
