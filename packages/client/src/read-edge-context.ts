import type { ContextPatch } from '@inkling/core';

/** What the edge wrote into the page; nothing where there is no edge. */
export function readEdgeContext(root: ParentNode): ContextPatch {
  try {
    // No area of a context is in what is no object.
    return Object(JSON.parse(root.querySelector('script[data-inkling-context]')?.textContent ?? '{}'));
  } catch {
    // Somebody else's script with our name: as good as none.
    return {};
  }
}
