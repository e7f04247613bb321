import {
  buildDataset,
  type Example,
  encodedInMemory,
  type FittedRanker,
  fingerprint,
  fitRanker,
  type Log,
  loadScorer,
  type RankerOptions,
} from '@inkling/cli';
import type { AnyFeatureSpec, Scorer } from '@inkling/core';
import { digest } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';

export interface Candidate {
  readonly name: string;
  readonly model: Uint8Array;
  readonly scorer: Scorer;
  /** MRR on the visitors that were left out, the mean of the folds. */
  readonly validation: number;
  /** What choosing and fitting took. */
  readonly seconds: number;
}

/** Chosen on the training part. */
const KINDS: Readonly<Record<string, RankerOptions>> = {
  linear: { model: 'linear' },
  mlp: { model: 'mlp', hidden: [16, 8], members: 5 },
  trees: { model: 'trees', leaves: 8, columnShare: 0.3 },
};
const FOLDS = 3;

/** Fits one ranker of each kind to the whole training part, the best first. Which one that is, and after how many epochs
 * training ends, say its visitors in three folds, each left out once: one part of them is too few to tell. */
export async function fitCandidates(log: Log, spec: AnyFeatureSpec): Promise<readonly Candidate[]> {
  const { width, examples } = buildDataset(log, spec, () => undefined);
  const fit = (train: readonly Example[], validation: readonly Example[], options: RankerOptions) =>
    fitRanker(
      {
        encoder: createFullEncoder(spec),
        spec: fingerprint(spec),
        train: encodedInMemory(width, train),
        validation: encodedInMemory(width, validation),
        period: ['', ''],
      },
      options,
    );
  const candidates: Candidate[] = [];
  for (const [name, options] of Object.entries(KINDS)) {
    const start = performance.now();
    const summaries: FittedRanker['summary'][] = [];
    for (let fold = 0; fold < FOLDS; fold++) {
      const isLeftOut = ({ list }: Example) => foldOf(list.visitor) === fold;
      const train = examples.filter((example) => !isLeftOut(example));
      const { summary } = await fit(train, examples.filter(isLeftOut), options);
      process.stderr.write(
        `${name}: fold ${fold + 1}, epoch ${summary.epochs}, MRR ${summary.validation?.mrr.toFixed(4)}\n`,
      );
      summaries.push(summary);
    }
    const mean = (of: (summary: FittedRanker['summary']) => number) =>
      summaries.reduce((sum, summary) => sum + of(summary), 0) / FOLDS;
    const epochs = Math.round(mean((summary) => summary.epochs));
    const ranker = await fit(examples, [], { ...options, epochs });
    const seconds = (performance.now() - start) / 1000;
    const validation = mean((summary) => summary.validation?.mrr ?? 0);
    process.stderr.write(
      `${name}: validation MRR ${validation.toFixed(4)}, ${epochs} epochs, ${seconds.toFixed(0)} s\n`,
    );
    const add = async (name: string, model: Uint8Array) =>
      candidates.push({
        name,
        model,
        scorer: await loadScorer(`${name}.onnx`, model, spec),
        validation,
        seconds,
      });
    await add(name, ranker.model);
    if (name === 'mlp') await add('mlp-int8', ranker.write('int8'));
  }
  // The sort is stable: int8 is not chosen before what it was rounded from.
  return candidates.sort((a, b) => b.validation - a.validation);
}

function foldOf(visitor: string): number {
  return Number.parseInt(digest(`fold\0${visitor}`).slice(0, 8), 16) % FOLDS;
}
