import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'packages/client/README.md'), 'utf8');

/** Every code that a diagnostic of the client can carry, by how the sources give them out. */
function codesInSources(): ReadonlySet<string> {
  const files = globSync('packages/{client,core,consent}/src/**/*.ts', { cwd: root });
  const codes = files
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const code = readFileSync(join(root, file), 'utf8');
      const found = (pattern: RegExp) => [...code.matchAll(pattern)].map((match) => match[1] as string);
      return [
        ...found(/\breport\(\s*'([\w-]+)'/g),
        ...found(/\bsay\(\s*'(\w+_\w+)'/g),
        ...found(/\btell\(\s*request,\s*'([\w-]+)'/g),
        ...found(/\bcode: '([\w-]+)',\s*stage:/g),
        ...found(/\battempt\(\s*'([\w-]+)'/g).map((name) => (/[_-]/.test(name) ? name : `${name}_failed`)),
        ...(file.endsWith('inkling-error.ts') ? found(/\| '(\w+)'/g) : []),
      ];
    });
  return new Set(codes);
}

test('the README of the client lists every code of a diagnostic, with its cause and its cure, and no other', () => {
  const [, section = ''] = readme.split('## Diagnostics');
  const rows = [...section.matchAll(/^\| `([\w-]+)`\s*\| (.+?)\s*\| (.+?)\s*\|$/gm)].map(
    ([, code, cause, cure]) => ({
      code,
      isWhole: (cause?.length ?? 0) > 15 && (cure?.length ?? 0) > 15,
    }),
  );
  const codes = [...codesInSources()].sort();
  expect(codes.length).toBeGreaterThan(20);
  expect(rows.map(({ code }) => code).sort()).toEqual(codes);
  expect(rows.filter(({ isWhole }) => !isWhole)).toEqual([]);
});

test('every promise of the README names a test that is there', () => {
  const section = /## What it promises\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
  const promises = section.split(/\n- /).slice(1);
  expect(promises.length).toBeGreaterThan(4);
  for (const promise of promises) {
    const files = [...promise.matchAll(/\]\((\.\.\/[^)#]+\.test\.ts)\)/g)].map(([, file]) => file as string);
    expect(files.length, promise).toBeGreaterThan(0);
    for (const file of files) expect(existsSync(join(root, 'packages/client', file)), file).toBe(true);
  }
});
