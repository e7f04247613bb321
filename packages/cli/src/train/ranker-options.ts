import type { ModelOutput } from '@inkling/core';
import { CliError } from '../cli-error.ts';
import type { Priors } from './counts/fit-counts.ts';
import { NETWORKS, type NetworkKind } from './network.ts';
import type { NetworkColumns } from './network-columns.ts';
import type { FitOptions } from './train-network.ts';
import type { TreesOptions } from './trees/train-trees.ts';
import type { WeightFormat } from './weight-format.ts';

export type ModelKind = NetworkKind | 'trees' | 'blend' | 'counts';

export const MODELS: readonly ModelKind[] = [...NETWORKS, 'trees', 'blend', 'counts'];

/** How a ranker is fitted. An epoch of trees is one tree; their defaults of `epochs`, `patience`, `learningRate` and `l2`
 * are those of `TreesOptions`. Of a blend these four are its networks': its trees have `trees`, a learning rate of 0.12 and
 * the other defaults. */
export interface RankerOptions
  extends FitOptions,
    Pick<TreesOptions, 'leaves' | 'minChildWeight' | 'listShare' | 'columnShare' | 'mostLists'> {
  /** @default 'mlp' */
  readonly model?: ModelKind;
  /** Widths of the hidden layers. @default [32, 16] */
  readonly hidden?: readonly number[];
  /** Trees of a blend, at most. @default 120 */
  readonly trees?: number;
  /** Numbers that stand for an id. @default 8 */
  readonly factors?: number;
  /** Networks from as many seeds, merged into one whose score is their mean. Of `linear`, `mlp` and `blend`, without embeddings.
   * @default 1 */
  readonly members?: number;
  /** Of `counts`: by what is counted, and with which priors. @default chosen by the validation lists */
  readonly priors?: Priors;
  /** @default 'float32' */
  readonly weights?: WeightFormat;
  /** What the score means: by default a `logit` of the pointwise loss, a `utility` of the others. A `probability` can only
   * be had of the pointwise loss. */
  readonly output?: ModelOutput;
  /** Tags whose items were left out of the log; the model's metadata says so. @default none */
  readonly sensitive?: readonly string[];
  /** File to keep the training's state in, epoch by epoch; of further members beside it. @default none is kept */
  readonly checkpoint?: string;
  /** Whether to go on from that file. @default false */
  readonly isResuming?: boolean;
}

const STEPWISE = [...NETWORKS, 'trees', 'blend'] as const;

const ONLY_OF = {
  epochs: STEPWISE,
  patience: STEPWISE,
  learningRate: STEPWISE,
  l2: STEPWISE,
  priors: ['counts'],
  hidden: ['mlp', 'deepfm', 'blend'],
  factors: ['fm', 'mlp', 'deepfm'],
  members: ['linear', 'mlp', 'blend'],
  batch: [...NETWORKS, 'blend'],
  dropout: ['mlp', 'deepfm', 'blend'],
  embeddingL2: NETWORKS,
  weights: [...NETWORKS, 'blend', 'counts'],
  trees: ['blend'],
  leaves: ['trees', 'blend'],
  minChildWeight: ['trees', 'blend'],
  listShare: ['trees', 'blend'],
  columnShare: ['trees', 'blend'],
  mostLists: ['trees', 'blend'],
} as const satisfies Partial<Record<keyof RankerOptions, readonly ModelKind[]>>;

/** What every model does without being told. */
const ALWAYS: RankerOptions = { members: 1, weights: 'float32' };

/** @throws CliError for options that do not fit the model, the spec or one another */
export function checkOptions(
  options: RankerOptions & { readonly model: ModelKind; readonly output: ModelOutput },
  { fields }: NetworkColumns,
): void {
  const { model, loss, output, members = 1, dropout = 0, embeddingL2 } = options;
  for (const [name, models] of Object.entries(ONLY_OF) as [keyof typeof ONLY_OF, readonly ModelKind[]][]) {
    if (options[name] === undefined || options[name] === ALWAYS[name] || models.includes(model)) continue;
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new CliError('options', flag, `a model that has it (${models.join(', ')})`, model);
  }
  if ((output === 'utility') === (loss === 'pointwise')) {
    const expected =
      loss === 'pointwise'
        ? 'logit or probability'
        : `utility, which is what a ${loss ?? 'listwise'} loss gives`;
    throw new CliError('options', '--output', expected, output);
  }
  if (model === 'counts' && (loss ?? 'listwise') !== 'listwise') {
    throw new CliError('options', '--loss', 'listwise, which counts lower', `${loss}`);
  }
  if (dropout >= 1) throw new CliError('options', '--dropout', 'a share below 1', `${dropout}`);
  if (fields.length === 0) {
    if (embeddingL2)
      throw new CliError('spec', 'features', 'some of kind embedding for --embedding-l2', 'none');
    return;
  }
  if (model === 'trees' || model === 'blend') {
    throw new CliError('spec', 'features', 'none of kind embedding for trees', 'some');
  }
  if (members > 1)
    throw new CliError('options', '--members', '1 with features of kind embedding', `${members}`);
}
