import { createArrange } from './arrange.ts';
import { createOrderView } from './order-view.ts';
import type { CreateView, SlotView } from './slot-view.ts';

/** A module has no other names than its own. */
const openMore: () => Promise<Readonly<Record<string, CreateView>>> = () => import('./more-views.ts');

/** Reads a slot of the document. One of an unknown kind is left alone, and so is one whose code, which only some pages or
 * browsers need, cannot be loaded. */
export async function openSlot(element: HTMLElement): Promise<SlotView | undefined> {
  const { inklingSlot: id = '', inklingKind: kind = 'order', inklingK } = element.dataset;
  try {
    const view =
      kind === 'order'
        ? createOrderView(element, createArrange(element))
        : (await openMore())[kind]?.(element, createArrange);
    return view && { id, element, k: Number(inklingK) || undefined, ...view };
  } catch {
    return undefined;
  }
}
