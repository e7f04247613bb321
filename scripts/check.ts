// npm run check: format and lint, types, unused code, import direction and cycles, package shape.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import color from 'picocolors';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { importFaults } from './check-imports.ts';

const root = join(import.meta.dirname, '..');

/** Runs every check and prints what fails. @returns whether all passed */
export async function check(): Promise<boolean> {
  const steps: readonly (readonly [string, () => string | Promise<string>])[] = [
    ['lint', () => run('@biomejs/biome/bin/biome', 'check', '--error-on-warnings')],
    ['build', () => run('../scripts/build.ts')],
    ['types', () => run('typescript/bin/tsc', '-p', '.')],
    ['unused', () => run('knip/bin/knip.js', '--treat-config-hints-as-errors')],
    ['imports', () => importFaults(root).join('\n')],
    ['packages', packageFaults],
  ];
  let passed = true;
  for (const [name, step] of steps) {
    const started = performance.now();
    const faults = await step();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${faults ? color.red('✗') : color.green('✓')} ${name} ${color.dim(`${seconds} s`)}`);
    if (faults) console.log(faults);
    passed &&= !faults;
  }
  return passed;
}

/** What a program of node_modules printed, if it failed. */
function run(program: string, ...args: readonly string[]): string {
  const path = join(root, 'node_modules', program);
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ['--conditions=@inkling/source', path, ...args],
    { cwd: root, encoding: 'utf8' },
  );
  return status === 0 ? '' : `${stdout}${stderr}${error?.message ?? ''}` || `${program} failed`;
}

async function packageFaults(): Promise<string> {
  const faults: string[] = [];
  for (const name of readdirSync(join(root, 'packages'))) {
    const { messages, pkg } = await publint({
      pkgDir: join(root, 'packages', name),
      strict: true,
      pack: false,
    });
    for (const message of messages) faults.push(`@inkling/${name}: ${formatMessage(message, pkg)}`);
  }
  return faults.join('\n');
}

if (import.meta.main && !(await check())) process.exitCode = 1;
