import { expect, test } from 'vitest';
import { trainingProgress } from './training-progress.ts';

function run(isTTY: boolean, firstEpoch: number): string {
  let text = '';
  let now = 1000;
  const progress = trainingProgress({ isTTY, write: (part) => (text += part) }, () => now);
  for (let epoch = firstEpoch; epoch <= firstEpoch + 1; epoch++) {
    for (const done of [0.5, 1]) {
      now += 15_000;
      progress.onBatch({ epoch, epochs: 10, done, loss: 2 });
    }
    progress.onEpoch({ epoch, loss: 1.5, validationLoss: 1.25, mrr: 0.5 });
  }
  return text;
}

test('where nobody looks, a line for each epoch and nothing else', () => {
  const line = '  loss 1.5000  validation MRR 0.5000  loss 1.2500\n';
  expect(run(false, 1)).toBe(`epoch   1${line}epoch   2${line}`);
});

test('on a terminal a bar with the loss and what is left at most', () => {
  const bars = run(true, 1).split('\r\x1b[K');
  expect(bars[1]).toBe('epoch 1/10 [==========          ] loss 2.0000  at most 4:45 left');
  expect(bars[2]).toBe('epoch 1/10 [====================] loss 2.0000  at most 4:30 left');
  expect(bars[3]).toMatch(/^epoch {3}1 {2}loss 1\.5000 .*\n$/);
});

test('of a resumed training only what it does itself says how fast it is', () => {
  expect(run(true, 6)).toContain('epoch 6/10 [==========          ] loss 2.0000  at most 2:15 left');
});

test('without validation lists nothing is said of them', () => {
  let text = '';
  const progress = trainingProgress({ write: (part) => (text += part) }, () => 0);
  progress.onEpoch({ epoch: 12, loss: 1, validationLoss: Number.NaN, mrr: Number.NaN });
  expect(text).toBe('epoch  12  loss 1.0000\n');
});

test('of totals there is a loss and no MRR', () => {
  let text = '';
  const progress = trainingProgress({ write: (part) => (text += part) }, () => 0);
  progress.onEpoch({ epoch: 2, loss: 1, validationLoss: 1.5, mrr: Number.NaN });
  expect(text).toBe('epoch   2  loss 1.0000  validation loss 1.5000\n');
});

test('of many epochs only one in so many has a line', () => {
  let text = '';
  const progress = trainingProgress({ write: (part) => (text += part) }, () => 0, 10);
  for (let epoch = 1; epoch <= 20; epoch++) {
    progress.onEpoch({ epoch, loss: 1, validationLoss: Number.NaN, mrr: Number.NaN });
  }
  expect(text).toBe('epoch  10  loss 1.0000\nepoch  20  loss 1.0000\n');
});
