// The one way in for `npm start`, `npm test` and the other root scripts: installs the workspace when the
// lock file has changed since the last install, compiles the engine's kernels when their sources have, then runs
// scripts/<task>.ts on Node 24. Plain JavaScript, because it must run on whatever Node (20.19 or later) the machine has.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PNPM = 'pnpm@12.21.0';
const root = join(import.meta.dirname, '..');
const [task, ...args] = process.argv.slice(2);
const onWindows = process.platform === 'win32';
const node24 = join(root, 'node_modules', 'node', 'bin', onWindows ? 'node.exe' : 'node');

install();
prepare();
run();

function install() {
  const stamp = join(root, 'node_modules', '.inkling-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(node24) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('Installing packages (only the first time, and when they change) …\n');
  const result = spawnSync('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    encoding: 'utf8',
    shell: onWindows,
  });
  if (result.status !== 0 || !existsSync(node24)) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`);
    process.stderr.write('The packages could not be installed. Is the npm registry reachable?\n');
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

/** What the sources import and git does not hold. */
function prepare() {
  const script = join(root, 'scripts', 'build-kernels.ts');
  const { status } = spawnSync(node24, [script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function run() {
  const script = join(root, 'scripts', `${task}.ts`);
  const child = spawn(node24, ['--conditions=@inkling/source', script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}${onWindows ? ';' : ':'}${process.env.PATH}`,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}
