import type { BatchProgress, EpochProgress } from '../train/train-network.ts';

/** Where the progress goes, such as process.stderr. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface TrainingProgress {
  onBatch(progress: BatchProgress): void;
  onEpoch(progress: EpochProgress): void;
}

const WIDTH = 20;
/** Between two drawings of the bar. */
const PAUSE_MS = 100;

/** A line for each epoch, and on a terminal below them a bar with the loss and the time that is left at most.
 * @param now milliseconds
 * @param every epochs of which one has a line */
export function trainingProgress(stream: ProgressStream, now: () => number, every = 1): TrainingProgress {
  const started = now();
  let first: number | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    onBatch({ epoch, epochs, done, loss }) {
      // Where it begins: a resumed training has done some epochs already.
      first ??= epoch - 1;
      if (!stream.isTTY || now() - drawn < PAUSE_MS) return;
      drawn = now();
      const share = (epoch - 1 - first + done) / (epochs - first);
      const left = ((drawn - started) * (1 - share)) / share;
      const bar = '='.repeat(Math.round(done * WIDTH)).padEnd(WIDTH);
      stream.write(
        `\r\x1b[Kepoch ${epoch}/${epochs} [${bar}] loss ${loss.toFixed(4)}  at most ${clock(left)} left`,
      );
    },
    onEpoch({ epoch, loss, validationLoss, mrr }) {
      if (epoch % every !== 0) return;
      const order = Number.isNaN(mrr) ? '' : `MRR ${mrr.toFixed(4)}  `;
      const held = Number.isNaN(validationLoss)
        ? ''
        : `  validation ${order}loss ${validationLoss.toFixed(4)}`;
      const start = stream.isTTY ? '\r\x1b[K' : '';
      stream.write(`${start}epoch ${String(epoch).padStart(3)}  loss ${loss.toFixed(4)}${held}\n`);
    },
  };
}

/** Minutes and seconds. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
