import { createOrderView } from './order-view.ts';
import type { SlotView } from './slot-view.ts';
import { createVariantView } from './variant-view.ts';

/** The slots of a document, in document order. An unknown kind is left alone, and so is a list whose code, which only
 * some pages need, cannot be loaded. */
export function findSlots(root: ParentNode): readonly Promise<SlotView | undefined>[] {
  return [...root.querySelectorAll<HTMLElement>('[data-inkling-slot]')].map(async (element) => {
    const { inklingSlot: id = '', inklingKind: kind = 'order', inklingK } = element.dataset;
    const createView = await viewOf(kind);
    const k = kind === 'variant' ? 1 : Number(inklingK) || undefined;
    return createView && { id, element, k, ...createView(element) };
  });
}

async function viewOf(kind: string): Promise<typeof createOrderView | undefined> {
  if (kind === 'order') return createOrderView;
  if (kind === 'variant') return createVariantView;
  try {
    if (kind === 'list') return (await import('./list-view.ts')).createListView;
  } catch {}
  return undefined;
}
