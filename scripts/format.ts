// npm run format: formats, and applies the linter's safe fixes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
process.exit(
  spawnSync(process.execPath, [biome, 'check', '--write'], { cwd: root, stdio: 'inherit' }).status ?? 1,
);
