import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';

/** Which packages a package may import; whatever is not listed it may not. */
const DIRECTIONS: Readonly<Record<string, readonly string[]>> = {
  onnx: [],
  core: [],
  consent: ['core'],
  client: ['core', 'onnx'],
  edge: ['core', 'onnx'],
  // The audit and the documents hold a site against the tables that consent goes by.
  cli: ['core', 'onnx', 'consent'],
};
/** DESIGN: the script tag alone brings its own consent manager. */
const SCRIPT_TAG_ENTRY = 'packages/client/src/auto.ts';
/** zod is known to the pack schema alone, so that it never reaches a browser. */
const SCHEMA = 'packages/core/src/pack-schema';
/** onnxruntime-web, an optional peer, is known to the entry that hands models to it, by dynamic import. */
const ORT_ENTRY = 'packages/onnx/src/ort.ts';
const PURE = ['onnx', 'core'];

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly line: number;
}

/** Every import of the packages' sources that breaks a rule, and every cycle of files; empty when all is well.
 * Types count: a cycle of types is a cycle to whoever reads. */
export function importFaults(root: string): readonly string[] {
  const files = globSync('packages/*/src/**/*.ts', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  const imports = files.flatMap((file) => importsOf(root, file));
  return [...imports.flatMap((entry) => faultOf(root, entry)), ...cyclesOf(root, files, imports)];
}

function importsOf(root: string, file: string): readonly Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest ?? [])),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      value: source.slice(start + 1, end - 1),
      start,
    })),
  ];
  return found.map(({ value, start }) => ({
    file,
    specifier: value,
    line: source.slice(0, start).split('\n').length,
  }));
}

function faultOf(root: string, { file, specifier, line }: Import): readonly string[] {
  const own = file.split('/')[1] as string;
  const say = (why: string) => [`${file}:${line} imports ${specifier}: ${why}`];
  if (specifier.startsWith('.')) {
    const target = relative(root, resolve(root, dirname(file), specifier));
    if (!existsSync(join(root, target))) return say('no such file');
    if (target.startsWith(`${SCHEMA}/`) && !file.startsWith(SCHEMA))
      return say('zod is behind its own entry');
    return target.startsWith(`packages/${own}/src/`) ? [] : say('reach another package by its name');
  }
  const sibling = /^@inkling\/([a-z]+)/.exec(specifier)?.[1];
  if (sibling) {
    const allowed =
      DIRECTIONS[own]?.includes(sibling) || (file === SCRIPT_TAG_ENTRY && sibling === 'consent');
    return allowed ? [] : say(`${own} may import only ${DIRECTIONS[own]?.join(', ') || 'nothing'}`);
  }
  // A file of the package's own, by condition.
  if (specifier.startsWith('#')) return [];
  if (!PURE.includes(own) || (file.startsWith(`${SCHEMA}/`) && specifier === 'zod')) return [];
  if (file === ORT_ENTRY && specifier === 'onnxruntime-web/wasm') return [];
  return say(`${own} imports nothing`);
}

function cyclesOf(root: string, files: readonly string[], imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>(files.map((file) => [file, []]));
  for (const { file, specifier } of imports) {
    if (specifier.startsWith('.')) {
      targets.get(file)?.push(relative(root, resolve(root, dirname(file), specifier)));
    }
  }
  const done = new Set<string>();
  const faults: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) faults.push(`cycle: ${[...path.slice(at), file].join(' → ')}`);
    if (at >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return faults;
}
