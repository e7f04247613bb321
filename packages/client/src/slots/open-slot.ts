import { createArrange } from './arrange.ts';
import { createOrderView } from './order-view.ts';
import type { CreateView, SlotView, View } from './slot-view.ts';
import { createVariantView } from './variant-view.ts';

/** A module has no other names than its own. */
const openMore: () => Promise<Readonly<Record<string, CreateView>>> = () => import('./more-views.ts');

/** Reads a slot of the document. One of an unknown kind is left alone, and so is one whose code, which only some pages or
 * browsers need, cannot be loaded. */
export async function openSlot(element: HTMLElement): Promise<SlotView | undefined> {
  const { inklingSlot: id = '', inklingKind: kind = 'order', inklingK } = element.dataset;
  try {
    let view: View | undefined;
    if (kind === 'order') view = createOrderView(element, createArrange(element));
    else if (kind === 'variant') view = createVariantView(element);
    else view = (await openMore())[kind]?.(element, createArrange);
    const k = kind === 'variant' ? 1 : Number(inklingK) || undefined;
    return view && { id, element, k, ...view };
  } catch {
    return undefined;
  }
}
