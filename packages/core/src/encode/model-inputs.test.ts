import { expect, test } from 'vitest';
import { createContext } from '../context/create-context.ts';
import { createFullEncoder } from './create-full-encoder.ts';
import type { FeatureSpec } from './feature-spec.ts';
import { modelInputs } from './model-inputs.ts';

const words = { group: 'g', sentence: 'Because.' };
const price = { kind: 'number', source: 'item:price', indicator: false, ...words } as const;
const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [
    price,
    { kind: 'embedding', source: 'item:id', vocabulary: ['a', 'b'], input: 'item', ...words },
    { ...price, transforms: [{ type: 'share' }] },
    { kind: 'embedding', source: 'item:tags', vocabulary: ['x'], input: 'tags', length: 2, ...words },
  ],
  phrases: {},
};

test('ids go to the model apart from the numbers, as int64', () => {
  const encoder = createFullEncoder(spec);
  const items = [{ id: 'b', price: 7, tags: ['y', 'x'] }, { id: 'z' }, { id: 'a', price: 8 }];
  const features = encoder.encode({ context: createContext(), profile: undefined, items, now: 0 });
  expect(modelInputs(encoder, features, 3)).toEqual({
    features: { type: 'float32', data: Float32Array.of(7, 0, 0, 0, 8, 1), dims: [3, 2] },
    item: { type: 'int64', data: BigInt64Array.of(3n, 1n, 2n), dims: [3, 1] },
    tags: { type: 'int64', data: BigInt64Array.of(1n, 2n, 0n, 0n, 0n, 0n), dims: [3, 2] },
  });
});
