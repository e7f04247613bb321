import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFaults } from '../../scripts/check-imports.ts';

test('packages import in one direction, files form no cycles', () => {
  expect(importFaults(join(import.meta.dirname, '../..'))).toEqual([]);
});
