import { declarations } from '@inkling/consent/declarations';
import { SHAPES } from '@inkling/core';
import { expect, test } from 'vitest';

test('the gate lets through what is declared, for the purpose and with the fields that are declared', () => {
  const declared = declarations.map(({ kind, name, purpose, fields }) => [
    name,
    [purpose, ...(kind === 'request' ? fields : [])],
  ]);
  expect(Object.fromEntries(declared)).toEqual(SHAPES);
  expect(declared).toHaveLength(Object.keys(SHAPES).length);
});
