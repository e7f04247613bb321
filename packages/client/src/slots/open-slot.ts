import { createArrange } from './arrange.ts';
import { createOrderView } from './order-view.ts';
import type { SlotView, View } from './slot-view.ts';
import { createVariantView } from './variant-view.ts';

/** Reads a slot of the document. One of an unknown kind is left alone, and so is one whose code, which only some pages or
 * browsers need, cannot be loaded. */
export async function openSlot(element: HTMLElement): Promise<SlotView | undefined> {
  const { inklingSlot: id = '', inklingKind: kind = 'order', inklingK } = element.dataset;
  try {
    let view: View | undefined;
    if (kind === 'order') view = createOrderView(element, createArrange(element));
    if (kind === 'variant') view = createVariantView(element);
    if (kind === 'list') view = (await import('./list-view.ts')).createListView(element);
    if (kind === 'shelves') {
      view = (await import('./shelves-view.ts')).createShelvesView(element, createArrange(element));
    }
    if (kind === 'edge')
      view = (await import('./edge-view.ts')).createEdgeView(element, createArrange(element));
    const k = kind === 'variant' ? 1 : Number(inklingK) || undefined;
    return view && { id, element, k, ...view };
  } catch {
    return undefined;
  }
}
