import type { ContextPatch } from '@inkling/core';

/** What the edge wrote into the page; nothing where there is no edge. */
export function readEdgeContext(root: ParentNode): ContextPatch {
  try {
    const value: unknown = JSON.parse(
      root.querySelector('script[data-inkling-context]')?.textContent ?? '{}',
    );
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // Somebody else's script with our name: as good as none.
    return {};
  }
}
