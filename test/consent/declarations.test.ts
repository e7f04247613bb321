import { declarations } from '@inkling/consent/declarations';
import { SHAPES } from '@inkling/core';
import { expect, test } from 'vitest';
import { siteFileSchema } from '../../packages/cli/src/audit/site-file.ts';

test('the gate lets through what is declared, for the purpose and with the fields that are declared', () => {
  const declared = declarations.map(({ kind, name, purpose, fields }) => [
    name,
    [purpose, ...(kind === 'request' ? fields : [])].join(' '),
  ]);
  expect(Object.fromEntries(declared)).toEqual(SHAPES);
  expect(declared).toHaveLength(Object.keys(SHAPES).length);
});

test('the audit takes the declared stores for granted, and no others', () => {
  const { choice, stores } = siteFileSchema.parse({});
  // The audit lets receipts outlive what they prove, and no other store that is necessary.
  const declared = declarations.flatMap(({ kind, name, where, purpose }) =>
    kind === 'store' ? `${where} for ${name === 'receipts' ? name : purpose}` : [],
  );
  const audited = [choice, ...stores].map(({ api, name, purpose }) => `${api} ${name} for ${purpose}`);
  expect(audited.sort()).toEqual(declared.sort());
});
