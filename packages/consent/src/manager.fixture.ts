import type { ConsentSource } from '@inkling/core';

export interface Timer {
  readonly after: (ms: number, fn: () => void) => () => void;
  ring(): void;
}

/** A timer that goes off when it is told to. */
export function createTimer(): Timer {
  let due: (() => void) | undefined;
  return {
    after: (_, fn) => {
      due = fn;
      return () => {
        due = undefined;
      };
    },
    ring: () => due?.(),
  };
}

/** The grants of a source, a letter each. */
export function grantsOf(source: ConsentSource): string {
  return Object.values(source.get().purposes)
    .map((grant) => grant[0])
    .join('');
}
