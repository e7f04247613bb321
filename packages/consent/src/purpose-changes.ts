import type { ConsentSource, ConsentState, Grant } from '@inkling/core';

/** That a purpose went from one grant to another, and why. */
export interface PurposeChange {
  readonly purpose: string;
  readonly from: Grant;
  readonly to: Grant;
  /** Undefined where the source does not say, and after `erase`. */
  readonly cause: string | undefined;
}

/** Calls `fn` with the purposes that changed, whenever some did. Returns the disposer. */
export function onPurposeChange(
  source: ConsentSource & { readonly cause?: string | undefined },
  fn: (changes: readonly PurposeChange[]) => void,
): () => void {
  let before: Readonly<Record<string, Grant>> = source.get().purposes;
  return source.subscribe(({ purposes }: ConsentState) => {
    const from = before;
    before = purposes;
    const { cause } = source;
    const changes = Object.entries(purposes).flatMap(([purpose, to]) =>
      to === from[purpose] ? [] : { purpose, from: from[purpose] ?? 'unset', to, cause },
    );
    if (changes.length > 0) fn(changes);
  });
}
