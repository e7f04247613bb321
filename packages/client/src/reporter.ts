import type { InklingError } from '@inkling/core';
import type { Emitter } from './emitter.ts';

/** Turns what fails into diagnostics. */
export interface Reporter {
  /** @param code for a cause that brings no code of its own */
  report(code: string, stage: string, cause: unknown): void;
  /** Runs what needs code that is loaded for it; undefined, and a diagnostic `<stage>_failed`, where that fails. */
  attempt<T>(stage: string, run: () => Promise<T>): Promise<T | undefined>;
}

export function createReporter({ emit }: Emitter, now: () => number): Reporter {
  const report: Reporter['report'] = (code, stage, cause) => {
    // By name: a chunk brings a class of its own.
    const { name, message = String(cause), code: own }: Partial<InklingError> = Object(cause);
    emit('diagnostic', {
      code: (name === 'InklingError' && own) || code,
      stage,
      message,
      at: now(),
      cause,
    });
  };
  return {
    report,
    async attempt(stage, run) {
      try {
        return await run();
      } catch (cause) {
        report(`${stage}_failed`, stage, cause);
        return undefined;
      }
    },
  };
}
