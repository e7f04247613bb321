import type { EventType } from '@inkling/core';
import type { Inkling } from '../inkling.ts';

/** Notices what the visitor does with items: a click in a slot, or an act marked `data-inkling-event`. @returns the
 * disposer */
export function watchActs({ track }: Inkling, root: Document): () => void {
  const onClick = ({ target }: Event) => {
    const nearest = (name: string) =>
      (target as Element).closest?.(`[data-inkling-${name}]`)?.getAttribute(`data-inkling-${name}`);
    const item = nearest('item');
    const act = nearest('event');
    const slot = nearest('slot');
    if (item && act) track({ type: act as EventType, item });
    else if (item && slot) track({ type: 'click', item, slot });
  };
  root.addEventListener('click', onClick, true);
  return () => root.removeEventListener('click', onClick, true);
}
