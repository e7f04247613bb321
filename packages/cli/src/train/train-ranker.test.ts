import { expect, test } from 'vitest';
import { trainRanker } from './train-ranker.ts';

test('a spec with an embedding is refused: ids are no numbers to learn from', async () => {
  const words = { group: 'g', sentence: 'Because.' };
  const train = trainRanker([], {
    format: 2,
    groups: [{ id: 'g', sentence: 'Because.' }],
    features: [
      { kind: 'number', source: 'item:price', ...words },
      { kind: 'embedding', source: 'item:id', vocabulary: ['a'], input: 'item', ...words },
    ],
    phrases: {},
  });
  await expect(train).rejects.toThrow(
    'spec: features[1]: expected what `inkling train` learns from, found an',
  );
});
