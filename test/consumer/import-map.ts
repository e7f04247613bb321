import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Target = string | { readonly default?: Target; readonly [condition: string]: Target | undefined };

/** An import map by which a browser finds installed packages without any bundler: each export, and each import that a
 * package makes by a name of its own, under the condition `default`. */
export function importMap(folder: string, packages: readonly string[]): { imports: Record<string, string> } {
  const imports: Record<string, string> = {};
  for (const name of packages) {
    const place = `/node_modules/${name}/`;
    const manifest = JSON.parse(readFileSync(join(folder, place, 'package.json'), 'utf8'));
    for (const [path, target] of Object.entries<Target>(manifest.exports)) {
      imports[name + path.slice(1)] = place + browserFile(target);
    }
    for (const [specifier, target] of Object.entries<Target>(manifest.imports ?? {})) {
      imports[specifier] = place + browserFile(target);
    }
  }
  return { imports };
}

function browserFile(target: Target | undefined): string {
  if (typeof target === 'string') return target.replace('./', '');
  if (target === undefined) throw new Error('no file for a browser');
  return browserFile(target.import ?? target.default);
}
