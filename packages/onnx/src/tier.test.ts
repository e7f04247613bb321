import { expect, test } from 'vitest';
import { mlpOperators } from './operators/mlp.ts';
import { MLP_OPERATORS } from './tier.ts';

test('the list of the MLP tier is what its table has', () => {
  expect(MLP_OPERATORS.trim().split(' ')).toEqual(Object.keys(mlpOperators).sort());
});
