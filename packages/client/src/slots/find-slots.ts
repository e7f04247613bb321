import { createListView } from './list-view.ts';
import { createOrderView } from './order-view.ts';
import type { SlotView } from './slot-view.ts';
import { createVariantView } from './variant-view.ts';

const VIEWS = { order: createOrderView, list: createListView, variant: createVariantView };

/** The slots of a document, in document order. An unknown kind is left alone. */
export function findSlots(root: ParentNode): readonly SlotView[] {
  return [...root.querySelectorAll<HTMLElement>('[data-inkling-slot]')].flatMap((element) => {
    const { inklingSlot: id = '', inklingKind = 'order', inklingK } = element.dataset;
    const createView = VIEWS[inklingKind as keyof typeof VIEWS];
    if (!createView) return [];
    const k = inklingKind === 'variant' ? 1 : Number(inklingK) || undefined;
    return [{ id, element, k, ...createView(element) }];
  });
}
