import type { Checkpoint } from './checkpoint.ts';
import { mergeNetworks } from './merge-networks.ts';
import type { NetworkSpec } from './network.ts';
import {
  type EpochProgress,
  type FitOptions,
  scoresOf,
  type TrainingData,
  type TrainingState,
  trainNetwork,
  validate,
} from './train-network.ts';
import type { Weights } from './weights.ts';

export interface FittedNetworks {
  readonly weights: Weights;
  /** Those that were kept. */
  readonly members: number;
  /** Epoch and training loss are means of the members, what was measured on the validation lists is of the merged network. */
  readonly best: EpochProgress;
  /** Whether the signal ended it. */
  readonly isStopped: boolean;
}

/** Fits networks from as many seeds and merges them. The signal keeps those that are finished and the best so far of the
 * current one.
 * @param checkpointOf where a member, from 1, keeps its state; its seed is another one
 * @throws CliError and the signal's reason as `trainNetwork` does */
export async function fitNetworks(
  spec: NetworkSpec,
  data: TrainingData,
  options: FitOptions & { readonly members?: number },
  checkpointOf: (member: number, seed: string) => Checkpoint<TrainingState> | undefined,
): Promise<FittedNetworks> {
  const { members = 1, epochs = 30, seed = 'inkling', signal } = options;
  const fitted: TrainingState['best'][] = [];
  // Epochs of the members before: the progress counts on.
  let before = 0;
  while (fitted.length < members && !(signal?.aborted && fitted.length > 0)) {
    const member = fitted.length + 1;
    const own = member === 1 ? seed : `${seed} ${member}`;
    const start = before;
    const most = start + (members - fitted.length) * epochs;
    try {
      const { best } = await trainNetwork(
        spec,
        data,
        {
          ...options,
          seed: own,
          onBatch: (batch) => options.onBatch?.({ ...batch, epoch: start + batch.epoch, epochs: most }),
          onEpoch(epoch) {
            before = start + epoch.epoch;
            options.onEpoch?.({ ...epoch, epoch: before });
          },
        },
        checkpointOf(member, own),
      );
      fitted.push(best);
    } catch (error) {
      if (!signal?.aborted || error !== signal.reason || fitted.length === 0) throw error;
    }
  }
  const isStopped = signal?.aborted ?? false;
  const [only] = fitted as [TrainingState['best']];
  if (fitted.length === 1) return { weights: only.weights, members: 1, best: only.epoch, isStopped };
  const weights = mergeNetworks(fitted.map((member) => member.weights));
  const held = await validate(data.validation, options, scoresOf(spec, data, weights));
  const mean = (of: (epoch: EpochProgress) => number) =>
    fitted.reduce((sum, { epoch }) => sum + of(epoch), 0) / fitted.length;
  const best = {
    epoch: Math.round(mean(({ epoch }) => epoch)),
    loss: mean(({ loss }) => loss),
    validationLoss: held.loss,
    mrr: held.mrr,
  };
  return { weights, members: fitted.length, best, isStopped };
}
