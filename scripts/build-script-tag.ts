import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { minify } from 'terser';

/** What the script tag loads only when it is first needed, each a hashed file of the same folder; after the name, what
 * is taken of it, where that is not all. */
const LAZY: Readonly<Record<string, string>> = {
  '@inkling/core/adapt': 'learn { createLearner }',
  '@inkling/core/candidates': 'candidates { indexCatalog }',
  '@inkling/core/experiments': 'experiments',
  '@inkling/core/explain': 'explain { explain }',
  '@inkling/core/signature': 'signature',
  '@inkling/core/full': 'full',
  '@inkling/core/profile-file': 'profile-file',
  '@inkling/onnx/js-kernels': 'kernels { createJsKernels }',
  './decide-in-steps.ts': 'steps { createStepDecider }',
  './open-whole.ts': 'engine { openWhole }',
  './open-ort.ts': 'ort { openOrt }',
  '../../consent/src/texts/consent-ar.ts': 'consent-ar',
  '../../consent/src/texts/consent-de.ts': 'consent-de',
  '../../consent/src/texts/consent-fr.ts': 'consent-fr',
  '../../consent/src/texts/privacy-ar.ts': 'privacy-ar',
  '../../consent/src/texts/privacy-de.ts': 'privacy-de',
  '../../consent/src/texts/privacy-fr.ts': 'privacy-fr',
  '../../consent/src/texts/moment-ar.ts': 'moment-ar',
  '../../consent/src/texts/moment-de.ts': 'moment-de',
  '../../consent/src/texts/moment-fr.ts': 'moment-fr',
  '../../consent/src/moment-rows.ts': 'moment',
  '../../consent/src/ask-why.ts': 'ask',
  '../../consent/src/page-records.ts': 'records',
  '../../consent/src/define-privacy.ts': 'privacy',
  '@inkling/consent/define': 'consent',
  './totals.ts': 'totals { openTotals }',
  './impressions.ts': 'impressions { openImpressions }',
  './remembered.ts': 'profile',
  './sensors/start-sensors.ts': 'sensors { startSensors }',
  './sensors/watch-search.ts': 'search',
  './slots/more-views.ts': 'views',
  './slots/arrange-around.ts': 'arrange',
  './read-preview.ts': 'preview',
  './slots/follow-page.ts': 'follow',
};

/** Properties that only the script and its chunks have in their hands: no name of a public type, of a pack, a profile or
 * a browser, nor of what a chunk or a kernel exports. Each becomes one letter, the same in every file. */
export const INTERNAL: readonly string[] =
  'arenaBytes attempt beforeChoice decisionIn decisionOf decodeTensor emit eraseProfile isInForce isTensor learner learning loaded loading modelBytes neighboursOf shownBefore tensorElements wasSeen turnPage settle align isGranted onWithdrawn mayRun candidatesFor maxWork isSignalled isAged isOver letters firstSignalled onSlots initializers nodes exportFile settlePack places fills excluded'.split(
    ' ',
  );

export interface ScriptTag {
  /** File name to content; `inkling.js` is the eager one. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const encoder = new TextEncoder();
const root = join(import.meta.dirname, '..');
const client = join(root, 'packages/client/src');
const shared: BuildOptions = {
  bundle: true,
  format: 'esm',
  minify: true,
  write: false,
  target: 'es2022',
  conditions: ['@inkling/source'],
  absWorkingDir: root,
  logLevel: 'warning',
  mangleProps: new RegExp(`^(${INTERNAL.join('|')})$`),
  mangleCache: Object.fromEntries(
    INTERNAL.map((name, place) => [
      name,
      place < 26 ? String.fromCharCode(65 + place) : `${String.fromCharCode(65 + place - 26)}A`,
    ]),
  ),
};

/** In the place of the hash until all files are there. */
const UNHASHED = '-00000000.js';

/** Builds the classic script and its chunks. A classic script cannot share chunks with what it imports, so each chunk
 * stands alone. All have one hash, of all: a hash does not compress, and a script that names a dozen of them is a hundred
 * bytes longer. */
export async function bundleScriptTag(): Promise<ScriptTag> {
  const nameOf = (chunk: string) => `${chunk.split(' ')[0]}${UNHASHED}`;
  const chunks = Object.entries(LAZY);
  const chunkOf = new Map(
    chunks.map(([specifier, chunk]) => [identify(specifier, client), `./${nameOf(chunk)}`]),
  );
  const lazy: Plugin = {
    name: 'lazy-chunks',
    setup({ onResolve }) {
      onResolve({ filter: /^(@inkling|\.\.?)\// }, ({ path, kind, resolveDir }) => {
        const chunk = kind === 'dynamic-import' ? chunkOf.get(identify(path, resolveDir)) : undefined;
        return chunk ? { path: chunk, external: true } : undefined;
      });
    },
  };
  const code = new Map<string, string>();
  for (const [specifier, chunk] of chunks) {
    const taken = chunk.split(' ').slice(1).join(' ') || '*';
    const stdin = { contents: `export ${taken} from '${specifier}';`, resolveDir: client };
    code.set(nameOf(chunk), await bundle({ stdin, plugins: [lazy] }));
  }
  const script = await bundle({
    entryPoints: [join(client, 'auto.ts')],
    plugins: [lazy],
  });
  // An ES module without imports or exports is a script but for its strictness and its scope. As `iife` esbuild would add
  // its emulation of require, which looks at the page's own globals.
  code.set('inkling.js', `"use strict";(()=>{${script}})();`);
  const hash = createHash('sha256')
    .update(JSON.stringify([...code]))
    .digest('hex')
    .slice(0, 8);
  const hashed = (text: string) => text.replaceAll(UNHASHED, `-${hash}.js`);
  return { files: new Map([...code].map(([name, text]) => [hashed(name), encoder.encode(hashed(text))])) };
}

/** Writes the script tag's files into a folder, and beside them `integrity.json`: by file name the hash that the browser
 * checks (https://www.w3.org/TR/sri/). @returns the hash of inkling.js */
export async function buildScriptTag(folder: string): Promise<string> {
  const { files } = await bundleScriptTag();
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  const integrity = Object.fromEntries(
    [...files].map(([name, content]) => [
      name,
      `sha384-${createHash('sha384').update(content).digest('base64')}`,
    ]),
  );
  writeFileSync(join(folder, 'integrity.json'), `${JSON.stringify(integrity, null, 2)}\n`);
  return integrity['inkling.js'] as string;
}

/** The file of a relative import, the specifier of any other. */
function identify(specifier: string, folder: string): string {
  return specifier.startsWith('.') ? join(folder, specifier) : specifier;
}

/** Terser goes over what esbuild has minified: it gives local names out by how often they are used in all the file, and
 * those that repeat compress better. */
async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...shared, ...options });
  const { code } = await minify(outputFiles?.[0]?.text ?? '', {
    module: true,
    ecma: 2020,
    compress: { passes: 3 },
  });
  if (!code) throw new Error('the bundle is empty');
  return code;
}
