import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/** What the script tag loads only when it is first needed, each a hashed file of the same folder. */
const LAZY: Readonly<Record<string, string>> = {
  '@inkling/core/explain': 'explain',
  '@inkling/core/full': 'full',
  '@inkling/onnx/full': 'engine',
  '@inkling/consent/define': 'consent',
};

export interface ScriptTag {
  /** File name to content; `inkling.js` is the eager one. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const root = join(import.meta.dirname, '..');
const shared: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  conditions: ['@inkling/source'],
  absWorkingDir: root,
  logLevel: 'warning',
};

/** Builds the classic script and its chunks. A classic script cannot share chunks with what it imports, so each chunk
 * stands alone. */
export async function bundleScriptTag(): Promise<ScriptTag> {
  const files = new Map<string, Uint8Array>();
  const chunkOf = new Map<string, string>();
  for (const [specifier, name] of Object.entries(LAZY)) {
    const code = await bundle({
      format: 'esm',
      stdin: { contents: `export * from '${specifier}';`, resolveDir: join(root, 'packages/client') },
    });
    const hash = createHash('sha256').update(code).digest('hex').slice(0, 8);
    chunkOf.set(specifier, `./${name}-${hash}.js`);
    files.set(`${name}-${hash}.js`, code);
  }
  const lazy: Plugin = {
    name: 'lazy-chunks',
    setup({ onResolve }) {
      onResolve({ filter: /^@inkling\// }, ({ path, kind }) => {
        const chunk = kind === 'dynamic-import' ? chunkOf.get(path) : undefined;
        return chunk ? { path: chunk, external: true } : undefined;
      });
    },
  };
  // As an ES module without imports or exports it is a plain script but for its scope; as `iife` esbuild would add its
  // emulation of require, which looks at the page's own globals.
  const script = await bundle({
    format: 'esm',
    banner: { js: '"use strict";(()=>{' },
    footer: { js: '})();' },
    entryPoints: [join(root, 'packages/client/src/auto.ts')],
    plugins: [lazy],
  });
  files.set('inkling.js', script);
  return { files };
}

/** Writes the script tag's files into a folder. */
export async function buildScriptTag(folder: string): Promise<void> {
  const { files } = await bundleScriptTag();
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
}

async function bundle(options: BuildOptions): Promise<Uint8Array> {
  const { outputFiles } = await build({ ...shared, ...options });
  const code = outputFiles?.[0]?.contents;
  if (!code) throw new Error('esbuild gave no output');
  return code;
}
