// npm test: everything CI runs. Arguments go to vitest, e.g. npm test -- packages/core
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../test/browser/chromium.ts';
import { check } from './check.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
findChromium();
if (args.length === 0 && !(await check())) process.exit(1);
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const flags = ['--conditions=@inkling/source', vitest, 'run', ...args];
process.exit(spawnSync(process.execPath, flags, { cwd: root, stdio: 'inherit' }).status ?? 1);
