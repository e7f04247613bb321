import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../packages/onnx');
const folder = join(root, 'src/kernels/generated');
const SOURCE = 'assembly/kernels.ts';

/** Compiles the engine's WebAssembly kernels, unless that has been done: as a module, and as text to embed. Hexadecimal
 * is the smallest after brotli of what needs no care for the encoding of a script: for 1,421 bytes of module 665, where
 * escaped Latin-1 takes about 790 and base64 927. */
export async function buildKernels(): Promise<void> {
  const source = readFileSync(join(root, SOURCE));
  const script = readFileSync(import.meta.filename);
  const mark = `// ${createHash('sha256').update(source).update(script).digest('hex')}`;
  const textFile = join(folder, 'kernels-hex.ts');
  if (existsSync(textFile) && readFileSync(textFile, 'utf8').startsWith(mark)) return;
  // The compiler takes longer to load than all the rest.
  const { default: asc } = await import('assemblyscript/asc');
  const files = new Map<string, string | Uint8Array>();
  const { error, stderr } = await asc.main(
    [
      SOURCE,
      '-Oz',
      '--converge',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--outFile',
      'kernels.wasm',
    ],
    {
      readFile: (name, base) =>
        existsSync(join(root, base, name)) ? readFileSync(join(root, base, name), 'utf8') : null,
      writeFile: (name, content) => {
        files.set(name, content);
      },
    },
  );
  const module = files.get('kernels.wasm');
  if (error || typeof module !== 'object') throw new Error(`${SOURCE} does not compile: ${stderr}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernels.wasm'), module);
  const hex = Buffer.from(module).toString('hex');
  writeFileSync(textFile, `${mark}\nexport const KERNELS: string = '${hex}';\n`);
}

if (import.meta.main) await buildKernels();
