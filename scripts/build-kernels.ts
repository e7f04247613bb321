import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../packages/onnx');
const folder = join(root, 'src/kernels/generated');
/** Of the script tag's entry, of the full tier's, and of all the others. */
const MODULES = ['dense', 'full', 'kernels'];

/** Compiles the engine's WebAssembly kernels, unless that has been done: as modules, and as text to embed. Hexadecimal is
 * the smallest after brotli of what needs no care for the encoding of a script: for 1,388 bytes of module 642, where
 * escaped Latin-1 takes about 660 and base64 888. */
export async function buildKernels(): Promise<void> {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const name of readdirSync(join(root, 'assembly')).sort()) {
    hash.update(readFileSync(join(root, 'assembly', name)));
  }
  const mark = `// ${hash.digest('hex')}`;
  const isDone = (name: string): boolean =>
    existsSync(textFile(name)) && readFileSync(textFile(name), 'utf8').startsWith(mark);
  if (MODULES.every(isDone)) return;
  mkdirSync(folder, { recursive: true });
  for (const name of MODULES) {
    const module = await compile(`assembly/${name}.ts`);
    writeFileSync(join(folder, `${name}.wasm`), module);
    const hex = Buffer.from(module).toString('hex');
    writeFileSync(textFile(name), `${mark}\nexport const ${name.toUpperCase()}: string = '${hex}';\n`);
  }
}

function textFile(name: string): string {
  return join(folder, `${name}-hex.ts`);
}

async function compile(source: string): Promise<Uint8Array> {
  // The compiler takes longer to load than all the rest.
  const { default: asc } = await import('assemblyscript/asc');
  const files = new Map<string, string | Uint8Array>();
  const options = '-Oz --converge --noAssert --runtime stub --enable simd --outFile out.wasm';
  const { error, stderr } = await asc.main([source, ...options.split(' ')], {
    readFile: (name, base) =>
      existsSync(join(root, base, name)) ? readFileSync(join(root, base, name), 'utf8') : null,
    writeFile: (name, content) => {
      files.set(name, content);
    },
  });
  const module = files.get('out.wasm');
  if (error || typeof module !== 'object') throw new Error(`${source} does not compile: ${stderr}`);
  return module;
}

if (import.meta.main) await buildKernels();
