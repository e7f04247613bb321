import type { DecideRequest, Decision, Scorer } from '@inkling/core';

/** What the page may have to wait for one step, in ms: half of a frame. */
const STEP_MS = 8;
/** Rows of the first step, by which the cost of the others is judged. */
const FIRST_ROWS = 4;

/** A decision that lets the page work in between.
 * @param isLate asked after each pause: whether nobody needs the decision any more. @returns undefined then */
export type StepDecider = (
  request: DecideRequest,
  isLate: () => boolean | undefined,
) => Promise<Decision | undefined>;

export interface StepOptions {
  /** `decide` of `@inkling/core`. */
  readonly decide: (request: DecideRequest) => Decision;
  /** The scores of some rows, from f32[rows × width]. */
  score(features: Float32Array, rows: number): ArrayLike<number> | PromiseLike<ArrayLike<number>>;
  /** In ms. @default performance.now */
  readonly now?: () => number;
  /** Lets the page work. @default `scheduler.yield`, else a message to itself */
  readonly pause?: () => Promise<unknown>;
}

/** Decides as `decide` does, to the bit, because the score of a row depends on no other row. Where the rows cost more than
 * 8 ms on this device they are scored in steps of about as much, with a pause after each. What a row costs is what it cost
 * in the step before, at first in one of four rows. */
export function createStepDecider(options: StepOptions): StepDecider {
  const { decide, score, now = () => performance.now(), pause = yieldToPage } = options;
  let rowMs: number | undefined;

  return async (request, isLate) => {
    const { encoder, candidates } = request;
    let { encode } = encoder;
    let scorer: Scorer;
    try {
      const items = candidates.map(({ item }) => item);
      const features = encode({ ...request, items });
      const scores = new Float32Array(items.length);
      encode = () => features;
      scorer = () => scores;
      /** Since the last pause. */
      let spent = 0;
      for (let from = 0; from < items.length; ) {
        const room = rowMs === undefined ? FIRST_ROWS : Math.floor((STEP_MS - spent) / rowMs);
        if (spent > 0 && room < 1) {
          await pause();
          if (isLate()) return undefined;
          spent = 0;
          continue;
        }
        const rows = Math.min(items.length - from, Math.max(1, room));
        const began = now();
        const part = await score(
          features.subarray(from * encoder.width, (from + rows) * encoder.width),
          rows,
        );
        const cost = now() - began;
        if (part.length !== rows) {
          // `decide` says what is wrong with it.
          scorer = () => part;
          break;
        }
        scores.set(part, from);
        from += rows;
        spent += cost;
        rowMs = cost / rows;
      }
    } catch (cause) {
      scorer = () => {
        throw cause;
      };
    }
    return { ...decide({ ...request, encoder: { ...encoder, encode }, scorer }), request };
  };
}

/** https://wicg.github.io/scheduling-apis/#dom-scheduler-yield; where there is none a message, which waits for no timer. */
function yieldToPage(): Promise<unknown> {
  const { scheduler } = globalThis as { scheduler?: { yield?(): Promise<void> } };
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(undefined);
  });
}
