import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { featuresSql } from '@inkling/cli';
import { expect, test } from 'vitest';

const BIN = join(import.meta.dirname, '../../packages/cli/src/bin.ts');

test('features --sql needs no log, and prints all of the SQL into a pipe', () => {
  const args = ['--conditions=@inkling/source', BIN, 'features', '--sql'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stdout).toBe(`${featuresSql}\n`);
  expect([status, stderr]).toEqual([0, '']);
});
