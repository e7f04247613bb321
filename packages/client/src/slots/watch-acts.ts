import type { EventType } from '@inkling/core';
import type { Inkling } from '../create-inkling.ts';

/** Notices what the visitor does with items: a click in a slot, an act marked `data-inkling-event`, the view of an
 * item's own page. @returns the disposer */
export function watchActs(inkling: Inkling, root: Document): () => void {
  const onClick = ({ target }: Event) => {
    if (!(target instanceof Element)) return;
    const nearest = (name: string) => target.closest(`[${name}]`)?.getAttribute(name) ?? undefined;
    const item = nearest('data-inkling-item');
    if (item === undefined) return;
    const act = nearest('data-inkling-event');
    const slot = nearest('data-inkling-slot');
    if (act) inkling.track({ type: act as EventType, item });
    else if (slot) inkling.track({ type: 'click', item, slot });
  };
  root.addEventListener('click', onClick, { capture: true });
  const viewed = root.body.dataset.inklingPageItem;
  if (viewed) void inkling.ready.then(() => inkling.track({ type: 'view', item: viewed }));
  return () => root.removeEventListener('click', onClick, { capture: true });
}
