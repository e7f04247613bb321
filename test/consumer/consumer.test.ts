import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHOP_FOLDER, seedOfArm } from '../browser/shop.ts';
import { startChromium } from '../engines/chromium.ts';
import type { Engine } from '../engines/engine.ts';
import { importMap } from './import-map.ts';
import { type Consumer, makeConsumer, PUBLISHED } from './make-consumer.ts';

const ROOT = join(import.meta.dirname, '../..');
const isDeep = !!process.env.INKLING_DEEP;
/** From the registry, for `npm run test:deep`. */
const TOOLS = ['vite@8.3.8', 'webpack@5.112.2', 'webpack-cli@6.0.1', '@arethetypeswrong/cli@0.18.5'];
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.html': 'text/html',
};

let consumer: Consumer;
let engine: Engine;
let server: Server;
/** The page by its path. */
const pages = new Map<string, string>();
beforeAll(async () => {
  consumer = await makeConsumer(isDeep ? TOOLS : []);
  engine = await startChromium();
  server = createServer(({ url = '/' }, response) => {
    response.setHeader('content-type', TYPES[extname(url)] ?? 'text/html');
    const folder = url.startsWith('/inkling/') ? SHOP_FOLDER : consumer.folder;
    response.end(pages.get(url) ?? readOr404(join(folder, url)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}, 300_000);
afterAll(async () => {
  await engine.close();
  server.closeAllConnections();
  server.close();
  consumer.remove();
});

async function visit(path: string, head: string): Promise<unknown> {
  // By chance a tenth of the visitors are held out and see the authored order.
  const script = `<script>crypto.getRandomValues = (array) => array.fill(${seedOfArm('personalized')});</script>`;
  pages.set(path, `<!doctype html>${script}${head}`);
  return engine.visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
}

const WORKS = { source: 'ranker', items: 4, reasons: true, scores: 2, codes: ['unsigned'] };

test('a module script and an import map: no bundler at all', async () => {
  const names = PUBLISHED.map((name) => `@inkling/${name}`);
  const map = JSON.stringify(importMap(consumer.folder, names));
  const head = `<script type="importmap">${map}</script><script type="module" src="/main.js"></script>`;
  expect(await visit('/plain', head)).toEqual(WORKS);
});

test('esbuild', async () => {
  const { warnings } = await build({
    entryPoints: [join(consumer.folder, 'main.js')],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    outdir: join(consumer.folder, 'esbuild'),
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  expect(await visit('/esbuild', '<script type="module" src="/esbuild/main.js"></script>')).toEqual(WORKS);
});

test('types: what is right compiles, and what is wrong does not', () => {
  const options =
    '--noEmit --strict --module nodenext --moduleResolution nodenext --target es2022 --lib es2022,dom,dom.iterable --types'.split(
      ' ',
    );
  const files = ['main.ts', 'wrong.ts'].map((file) => join(consumer.folder, file));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  expect(run(process.execPath, [tsc, ...options, '', ...files])).toBe('');
});

test('exports: every entry can be imported, gives something, and does nothing', () => {
  const script = `
    const before = Object.keys(globalThis);
    const empty = [];
    for (const name of ${JSON.stringify(PUBLISHED)}) {
      const { exports } = JSON.parse(fs.readFileSync('node_modules/@inkling/' + name + '/package.json', 'utf8'));
      for (const [path, { types, default: file }] of Object.entries(exports)) {
        if (!fs.existsSync('node_modules/@inkling/' + name + '/' + types)) empty.push('no types: ' + name + path);
        const module = await import('@inkling/' + name + path.slice(1));
        if (Object.keys(module).length === 0) empty.push(name + path);
      }
    }
    const added = Object.keys(globalThis).filter((key) => !before.includes(key));
    console.log(JSON.stringify({ empty, added }));`;
  const said = run(process.execPath, ['--input-type=module', '-e', `import fs from 'node:fs';${script}`]);
  // Of zod alone, which only @inkling/core/pack-schema has.
  expect(JSON.parse(said)).toEqual({ empty: [], added: ['__zod_globalConfig', '__zod_globalRegistry'] });
});

describe.runIf(isDeep)('with the registry', () => {
  test('Vite', async () => {
    const vite = join(consumer.folder, 'node_modules/vite/bin/vite.js');
    run(process.execPath, [vite, ...'build --base /vite/ --outDir vite --logLevel warn'.split(' ')]);
    expect(await visit('/vite/', readFileSync(join(consumer.folder, 'vite/index.html'), 'utf8'))).toEqual(
      WORKS,
    );
  });

  test('webpack', async () => {
    const webpack = join(consumer.folder, 'node_modules/webpack-cli/bin/cli.js');
    const options =
      '--mode production --entry ./main.js --output-path webpack --output-public-path /webpack/';
    run(process.execPath, [webpack, ...options.split(' ')]);
    expect(await visit('/webpack/', '<script src="/webpack/main.js"></script>')).toEqual(WORKS);
  });

  test('arethetypeswrong finds nothing', () => {
    const attw = join(consumer.folder, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    for (const tarball of consumer.tarballs) {
      // It ends with an error where it finds something.
      const said = run(process.execPath, [attw, tarball, '--profile', 'esm-only', '--format', 'ascii']);
      expect(said).toContain('node16 (from ESM): 🟢 (ESM)');
    }
  });
});

/** What a program printed; throws with all of it where the program fails. */
function run(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      cwd: consumer.folder,
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 240_000,
    });
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}`, { cause });
  }
}

function readOr404(path: string): Buffer | string {
  try {
    return readFileSync(path);
  } catch {
    return '';
  }
}
