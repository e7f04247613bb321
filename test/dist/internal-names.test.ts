import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INTERNAL } from '../../scripts/build-script-tag.ts';

const KERNELS = join(import.meta.dirname, '../../packages/onnx/assembly');

test('no name that becomes a letter is one that a kernel exports: WebAssembly keeps its own', () => {
  const sources = globSync('**/*.ts', { cwd: KERNELS }).map((file) =>
    readFileSync(join(KERNELS, file), 'utf8'),
  );
  const exported = sources.flatMap((source) =>
    [...source.matchAll(/^export function (\w+)/gm)].map(([, name = '']) => name),
  );
  expect(exported).toEqual(expect.arrayContaining(['dense', 'gather', 'climb']));
  expect(INTERNAL.filter((name) => ['memory', ...exported].includes(name))).toEqual([]);
});
