import type { EdgeMoment } from '@inkling/core';

/** What the edge wrote into the page; nothing where there is no edge. */
export function readEdgeContext(): EdgeMoment {
  try {
    // No area of a context is in what is no object; without the element there is nothing to parse, which throws.
    return Object(JSON.parse(document.querySelector('script[data-inkling-context]')?.textContent as string));
  } catch {
    // None, or somebody else's script with our name: as good as none.
    return {};
  }
}
