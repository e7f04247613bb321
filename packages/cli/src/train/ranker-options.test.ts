import { expect, test } from 'vitest';
import type { NetworkColumns } from './network-columns.ts';
import { checkOptions, MODELS, type RankerOptions } from './ranker-options.ts';

const plain: NetworkColumns = { dense: [0], fields: [], tableRows: 0 };
const withIds = { dense: [0], fields: [{ input: 'id', columns: [1], offset: 0 }], tableRows: 3 };

const check = (options: RankerOptions, columns = plain) =>
  checkOptions({ model: 'mlp', output: 'utility', ...options }, columns);

test.each([
  [
    'hidden',
    { model: 'trees', hidden: [8] },
    '--hidden: expected a model that has it (mlp, deepfm, blend), found trees',
  ],
  [
    'batch',
    { model: 'trees', batch: 8 },
    '--batch: expected a model that has it (linear, fm, mlp, deepfm, blend)',
  ],
  ['int8', { model: 'trees', weights: 'int8' }, '--weights: expected a model that has it'],
  ['factors', { model: 'linear', factors: 2 }, '--factors: expected a model that has it (fm, mlp, deepfm)'],
  [
    'members',
    { model: 'fm', members: 2 },
    '--members: expected a model that has it (linear, mlp, blend), found fm',
  ],
  [
    'columnShare',
    { columnShare: 0.5 },
    '--column-share: expected a model that has it (trees, blend), found mlp',
  ],
  [
    'l2',
    { model: 'counts', l2: 1 },
    '--l2: expected a model that has it (linear, fm, mlp, deepfm, trees, blend), found counts',
  ],
  ['priors', { priors: {} }, '--priors: expected a model that has it (counts), found mlp'],
  [
    'the loss of counts',
    { model: 'counts', loss: 'pairwise' },
    '--loss: expected listwise, which counts lower, found pairwise',
  ],
  ['dropout', { model: 'fm', dropout: 0.2 }, '--dropout: expected a model that has it (mlp, deepfm, blend)'],
  ['dropout of all', { dropout: 1 }, '--dropout: expected a share below 1, found 1'],
  [
    'embeddingL2',
    { model: 'trees', embeddingL2: 1e-4 },
    '--embedding-l2: expected a model that has it (linear, fm, mlp, deepfm), found trees',
  ],
  ['trees', { model: 'trees', trees: 9 }, '--trees: expected a model that has it (blend), found trees'],
  ['output', { output: 'logit' }, '--output: expected utility, which is what a listwise loss gives'],
  ['loss', { loss: 'pointwise' }, '--output: expected logit or probability, found utility'],
] as const)('%s is refused where it does nothing', (_, options, message) => {
  expect(() => check(options)).toThrow(`options: ${message}`);
});

test('trees, a blend and several members are refused a spec with embeddings', () => {
  expect(() => check({ model: 'blend' }, withIds)).toThrow('none of kind embedding for trees');
  expect(() => check({ model: 'trees' }, withIds)).toThrow('none of kind embedding for trees');
  expect(() => check({ members: 2 }, withIds)).toThrow(
    '--members: expected 1 with features of kind embedding',
  );
  check({}, withIds);
});

test('a penalty of embeddings is refused a spec without any', () => {
  expect(() => check({ embeddingL2: 1e-4 })).toThrow('some of kind embedding for --embedding-l2');
  check({ embeddingL2: 1e-4 }, withIds);
});

test('what every model does may be said of each', () => {
  for (const model of MODELS) check({ model, members: 1, weights: 'float32' });
  check({ model: 'trees', leaves: 4, columnShare: 0.5, epochs: 3, patience: 2, learningRate: 0.1, l2: 1 });
  check({ model: 'blend', hidden: [4], members: 3, trees: 9, leaves: 4, epochs: 3, weights: 'int8' });
  check({ hidden: [4], members: 3, batch: 8, factors: 2, dropout: 0.2, weights: 'int8' });
});
