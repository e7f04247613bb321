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
  /** What choosing and fitting took, of a blend with what it is the mean of. */
  readonly seconds: number;
}

/** Chosen on the training part. */
export const NETWORKS: Pick<RankerOptions, 'hidden' | 'members'> = { hidden: [16, 8], members: 5 };
const KINDS: Readonly<Record<string, RankerOptions>> = {
  linear: { model: 'linear' },
  blend: { model: 'blend', ...NETWORKS, leaves: 8, columnShare: 0.3 },
};
const FOLDS = 3;

/** Fits one ranker of each kind to the whole training part, the best first; what the blend is the mean of counts, too.
 * Which one that is, and after how many epochs training ends, say its visitors in three folds, each left out once: one part
 * of them is too few to tell. */
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
    const folds: Readonly<Record<string, FittedRanker>>[] = [];
    for (let fold = 0; fold < FOLDS; fold++) {
      const isLeftOut = ({ list }: Example) => foldOf(list.visitor) === fold;
      const train = examples.filter((example) => !isLeftOut(example));
      const ranker = await fit(train, examples.filter(isLeftOut), options);
      folds.push({ [name]: ranker, ...ranker.parts });
      process.stderr.write(`${name}: fold ${fold + 1} of ${FOLDS}\n`);
    }
    const mean = (kind: string, of: (summary: FittedRanker['summary']) => number) =>
      folds.reduce((sum, fold) => sum + of((fold[kind] as FittedRanker).summary), 0) / FOLDS;
    const epochs = Math.round(mean(name, (summary) => summary.epochs));
    const trees = Math.round(mean(name, (summary) => summary.trees ?? 0));
    const ranker = await fit(examples, [], { ...options, epochs, ...(trees > 0 && { trees }) });
    const seconds = (performance.now() - start) / 1000;
    for (const [kind, { model, write }] of Object.entries({ [name]: ranker, ...ranker.parts })) {
      const validation = mean(kind, (summary) => summary.validation?.mrr ?? 0);
      process.stderr.write(`${kind}: validation MRR ${validation.toFixed(4)}\n`);
      const add = async (name: string, model: Uint8Array) =>
        candidates.push({
          name,
          model,
          scorer: await loadScorer(`${name}.onnx`, model, spec),
          validation,
          seconds,
        });
      // Where int8 can be had it is what a site would ship: it is chosen before what it was rounded from.
      if (kind === 'blend' || kind === 'mlp') await add(`${kind}-int8`, write('int8'));
      await add(kind, model);
    }
    process.stderr.write(`${name}: ${epochs} epochs, ${seconds.toFixed(0)} s\n`);
  }
  // The sort is stable.
  return candidates.sort((a, b) => b.validation - a.validation);
}

function foldOf(visitor: string): number {
  return Number.parseInt(digest(`fold\0${visitor}`).slice(0, 8), 16) % FOLDS;
}
